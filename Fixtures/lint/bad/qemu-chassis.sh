qemu-system-x86_64 -machine q35 \
-device pcie-root-port,id=rp1,bus=pcie.0,chassis=1,slot=1,addr=4.0 \
-device pcie-root-port,id=rp2,bus=pcie.0,chassis=1,slot=1,addr=5.0 \
-device vfio-pci,host=0000:0a:00.0,bus=rp2,addr=0.0
