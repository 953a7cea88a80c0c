qemu-system-x86_64 -machine q35 -device '{"driver":"pcie-root-port","id":"rp1","bus":"pcie.0","chassis":1,"slot":1}' \
-device '{"driver":"vfio-pci","host":"0000:0a:00.0","bus":"rp1","addr":"00.0","multifunction":true}' \
-device '{"driver":"vfio-pci","host":"0000:0a:00.1","bus":"rp1","addr":"00.1"}'
