#!/bin/sh
bhyve -H -P -c 2 -m 4G -s 0,hostbridge -s 20:0,passthru,10/0/1 -s 31,lpc g
