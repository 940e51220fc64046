/// The messages of the device plugin interface, version v1beta1; generated from KubeSchemas' text.
///
/// A namespace of their own keeps `DevicePluginV1beta1.Device` apart from the API's `Device`.
package enum DevicePluginV1beta1 {}

/// The messages of the pod resources interface, version v1; generated from KubeSchemas' text.
package enum PodResourcesV1 {}
