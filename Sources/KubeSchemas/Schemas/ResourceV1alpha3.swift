/// The types and resources of `resource.k8s.io/v1alpha3`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let resourceV1alpha3 = #"""
        package io.k8s.api.resource.v1alpha3
        version resource.k8s.io v1alpha3
        resource devicetaintrules DeviceTaintRule cluster singular:devicetaintrule
        subresource devicetaintrules/status DeviceTaintRule verbs:get,patch,update
        resource resourcepoolstatusrequests ResourcePoolStatusRequest cluster singular:resourcepoolstatusrequest
        subresource resourcepoolstatusrequests/status ResourcePoolStatusRequest verbs:get,patch,update

        type DeviceTaint
          # A mark on a device that keeps off claims which do not tolerate it, and the pods that use them.
          effect! string @3
            # None does nothing, NoSchedule prevents new allocations, NoExecute also evicts pods that use the device.
          key! string @1  # Name of the taint, a label name.
          timeAdded time @4  # When the taint was added or its effect changed. Filled in by the server.
          value string @2  # Value of the taint, a label value.

        type DeviceTaintRule kind  # Puts a taint on all devices that match, as if their driver had done so.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! DeviceTaintRuleSpec @2  # The devices and the taint.
          status DeviceTaintRuleStatus @3  # Progress of evictions; written by the system.

        type DeviceTaintRuleList kind  # A list of DeviceTaintRule objects.
          items! [DeviceTaintRule] @2  # The DeviceTaintRule objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type DeviceTaintRuleSpec  # The devices and the taint.
          deviceSelector DeviceTaintSelector @1  # The devices to taint. An empty one means all, unset none.
          taint! DeviceTaint @2  # The taint to put on them.

        type DeviceTaintRuleStatus  # Progress of evictions.
          conditions [Condition] @1 map(type) merge(type)
            # EvictionInProgress tells whether pods still have to be evicted; with the effect None, what NoExecute would
            # do. At most 8.

        type DeviceTaintSelector  # Which devices to taint: those that match all fields that are set.
          device string? @4  # Name of the device.
          driver string? @2  # Name of the driver.
          pool string? @3  # Name of the pool.

        type PoolStatus  # State of a pool of devices. Numbers may be missing if validationError is set.
          allocatedDevices int32? @5  # Devices allocated to claims.
          availableDevices int32? @6  # Devices that can be allocated.
          driver! string @1  # Name of the driver.
          generation! int64 @9  # Newest generation of the pool.
          nodeName string? @3  # The node of the pool. Unset if it belongs to none.
          poolName! string @2  # Name of the pool.
          resourceSliceCount int32? @8  # Number of slices of the pool.
          totalDevices int32? @4  # Devices in total.
          unavailableDevices int32? @7  # Devices that are not allocated but cannot be, such as tainted ones.
          validationError string? @10  # Why the pool could not be counted, such as missing slices.

        type ResourcePoolStatusRequest kind
          # Asks once for the state of pools of devices. For newer numbers make a new request.
          metadata! ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ResourcePoolStatusRequestSpec @2  # Which pools; immutable.
          status ResourcePoolStatusRequestStatus @3  # The answer; immutable once given.

        type ResourcePoolStatusRequestList kind  # A list of ResourcePoolStatusRequest objects.
          items! [ResourcePoolStatusRequest] @2  # The ResourcePoolStatusRequest objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ResourcePoolStatusRequestSpec  # Which pools to report.
          driver! string @1  # Name of the driver.
          limit int32? @3  # Greatest number of pools to report, 1 to 1000. Defaults to 100.
          poolName string? @2  # Name of a single pool. Unset means all of the driver.

        type ResourcePoolStatusRequestStatus  # The state of the pools.
          conditions [Condition] @3 map(type) merge(type)  # Complete or Failed.
          poolCount! int32? @6  # Number of pools that matched, even if not all are listed.
          pools [PoolStatus] @2  # The pools, sorted by driver and name, up to the limit.
        """#
}
