// SPDX-License-Identifier: Apache-2.0

/// The text that the front without an argument parser prints for `--help`.
public enum HelpText {
  /// The whole help.
  public static var text: String {
    """
    passthru says which PCI devices a virtual machine can have, why, and how to give them.

      passthru [list] [SELECTOR...]            one line a function
      passthru show SELECTOR...                all of a function, decoded
      passthru show SELECTOR... --field NAME [--raw]
                                               one field; passthru fields lists them
      passthru tree [SELECTOR...]              the topology
      passthru groups [SELECTOR...]            the IOMMU groups
      passthru groups --why A B                why two functions share a group, or do not
      passthru check [SELECTOR...]             verdicts, with reasons and remedies
      passthru plan SELECTOR... --guest NAME   what to change, what is renumbered, how to undo it
      passthru emit TARGET SELECTOR... --guest NAME
                                               the configuration for one consumer
      passthru emit ... --undo                 the way back
      passthru emit ... --into FILE [--write]  the difference it makes to an existing file
      passthru lint FILE... [--kind KIND]      what is wrong in configuration files
      passthru rom FILE                        what is in an expansion ROM: is it for UEFI?
      passthru rules                           the rules that verdicts rest on
      passthru check --explain RULE            what one of them means
      passthru targets                         the consumers that emit can write for
      passthru bind SELECTOR... [--with-group] [--driver NAME]
                                               give functions to vfio-pci or ppt
      passthru unbind SELECTOR...              give them back to their drivers
      passthru restore [SELECTOR...] [--all]   put back what was changed, after a crash too
      passthru reset SELECTOR [--method NAME]  reset a function
      passthru vfs SELECTOR COUNT              set the number of virtual functions
      passthru remove SELECTOR, rescan         take out of the kernel's tree, look again
                                               (all of these only show what they would do;
                                               --apply does it)
      passthru watch                           what happens on the bus, as it happens
      passthru snapshot [-o FILE]              a recording of this host
      passthru diff BEFORE [AFTER]             what changed

    SELECTOR is an address (0a:00.0, pci0:10:0:0, 10/0/0), all functions of a slot
    (0a:00), a driver unit, a network interface or a disk (em0, nda0), ids
    (8086:1521), class:NAME, driver:NAME or group:N.

      --from PATH        read a recording: pciconf -lvbc, lspci -xxxx, a snapshot
      --as KIND          read it as pciconf, lspci or snapshot
      --format FORMAT    text or json; list also has pciconf
      --for CONSUMER     judge for bhyve or vfio
      --pci-ids FILE     take the names from this file
      --color, --no-color
      -a, --all          show bridges and chipset functions too
      -v, --verbose      show every finding, field and gap
      --allow SELECTOR   pass this one although the host needs it
      --wake             read devices in D3cold too, which wakes them
      --etc DIRECTORY    look there for names that move: /etc and /boot, or copies (plan)
      --guest NAME, --slot SLOT[:FUNCTION], --rom FILE, --boot-index NUMBER,
      --release NUMBER, --hypervisor-version VERSION      (plan, emit)
      --force            write it although something is in the way (emit, bind)
      --apply            do it (bind, unbind, restore, reset, vfs, remove, rescan)
      --deadline SECONDS, --state-directory DIRECTORY     (with --apply)
      -o, --output FILE, --with-serials                   (snapshot)

    Exit status: 0 done, and nothing selected is blocked; 1 something selected is
    blocked or unknown; 2 the source could not be read; 64 the arguments are wrong.

    """
  }
}
