#!/bin/sh
bhyve -S -A -H -P -c 2 -m 4G -s 0,hostbridge -s 3,ahci-hd,/g.img \
  -s 20:0,passthru,10/0/0 -s 20:1,passthru,10/0/1 -s 31,lpc -l com1,stdio g
