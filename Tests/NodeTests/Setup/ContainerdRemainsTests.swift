import Node
import Testing

@Suite("What containers leave behind")
struct ContainerdRemainsTests {
    private let table = """
        24 1 254:0 / / rw - ext4 /dev/vda rw
        30 24 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        31 24 0:27 / /sys/fs/cgroup/unified rw shared:4 - cgroup2 cgroup rw
        40 24 0:40 / /data/containerd/state/a rw - overlay overlay rw
        41 40 0:41 / /data/containerd/state/a/b rw - proc proc rw
        42 24 0:42 / /data/containerd-other rw - tmpfs tmpfs rw
        43 24 0:43 / /data/containerd/with\\040space rw - tmpfs tmpfs rw
        broken line
        """

    @Test("is unmounted innermost first, and nothing of a neighbour")
    func mounts() {
        #expect(
            Mounts.points(below: "/data/containerd", table: table) == [
                "/data/containerd/with space", "/data/containerd/state/a/b", "/data/containerd/state/a",
            ])
    }

    @Test("is looked for in cgroups of both versions")
    func hierarchies() {
        #expect(
            ContainerdRemains.cgroupHierarchies(mountTable: table)
                == ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/unified"])
    }

    @Test(
        "counts only shims of this containerd",
        arguments: [
            (["/usr/bin/containerd-shim-runc-v2", "-namespace", "k8s.io", "-id", "x", "-address", "/d/s"], true),
            (["/usr/bin/containerd-shim-runc-v2", "-address", "/d/s2"], false),
            (["/usr/bin/containerd-shim-runc-v2", "-address"], false),
            (["/bin/sh", "-address", "/d/s"], false),
            ([], false),
        ])
    func shims(arguments: [String], expected: Bool) {
        #expect(ContainerdRemains.isShim(arguments, socket: "/d/s") == expected)
    }

    @Test(
        "includes shims' sockets, named in their address files",
        arguments: [
            ("unix:///run/containerd/s/abc", "/run/containerd/s/abc"), ("unix:///a\n", "/a"), ("vsock://1:2", nil),
            ("", nil),
            ("unix://relative", nil),
        ])
    func addresses(address: String, expected: String?) {
        #expect(ContainerdRemains.socketPath(ofAddress: address) == expected)
    }

    @Test(
        "knows a container by its group, in both ways of naming",
        arguments: [("abc", "abc"), ("cri-containerd-abc.scope", "abc"), ("", nil)] as [(String, String?)])
    func groups(name: String, expected: String?) {
        #expect(ContainerdRemains.container(ofGroup: Substring(name)) == expected)
    }
}
