/// The messages of the container runtime interface, version 1; generated from KubeSchemas' text.
///
/// A namespace of their own keeps `RuntimeV1.Container` apart from the API's `Container`.
package enum RuntimeV1 {}

/// The messages of containerd's own services that are used here.
package enum ContainerdV1 {}
