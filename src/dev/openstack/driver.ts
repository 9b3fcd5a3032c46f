/**
 * How Nova makes its servers: `fake` says that they are there, in no time; `libvirt` starts them in QEMU, which emulates
 * their processors, so that a cloud of virtual machines does, too.
 */
export type ComputeDriver = "fake" | "libvirt";
