/// The types and resources of `resource.k8s.io/v1beta2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let resourceV1beta2 = #"""
        package io.k8s.api.resource.v1beta2
        version resource.k8s.io v1beta2
        resource deviceclasses DeviceClass cluster singular:deviceclass
        resource devicetaintrules DeviceTaintRule cluster singular:devicetaintrule
        subresource devicetaintrules/status DeviceTaintRule verbs:get,patch,update
        resource resourceclaims ResourceClaim namespaced singular:resourceclaim
        subresource resourceclaims/status ResourceClaim verbs:get,patch,update
        resource resourceclaimtemplates ResourceClaimTemplate namespaced singular:resourceclaimtemplate
        resource resourceslices ResourceSlice cluster singular:resourceslice

        type AllocatedDeviceStatus  # What the driver reports about an allocated device.
          conditions [Condition] @4 map(type)  # Conditions of the device, such as Ready. At most 8.
          data any @5  # Data of the driver, in its own form. At most 10 KiB.
          device! string @3  # Name of the device in its pool.
          driver! string @1  # Name of the driver.
          networkData NetworkDeviceData @6  # Network properties of the device.
          pool! string @2  # Name of the device's pool.
          shareID string? @7  # Which share of a device that is shared.

        type AllocationResult  # What was allocated for a claim.
          allocationTimestamp time @5  # When it was allocated. Unset means unknown.
          devices DeviceAllocationResult @1  # The allocated devices.
          nodeSelector core.v1.NodeSelector @3  # Nodes on which the devices can be used. Unset means all.

        type CELDeviceSelector  # Selects devices by a CEL expression.
          expression! string @1
            # CEL expression on device, with driver, attributes and capacity, that yields true for suitable ones, such
            # as device.driver == "gpu.example.com". An error stops the allocation.

        type CapacityRequestPolicy
          # Which amounts of a capacity can be requested. At most one of validValues and validRange is set.
          default quantity @1  # Amount that a request consumes if it names none.
          validRange CapacityRequestPolicyRange @4  # Requests have to lie within this range. Requires default.
          validValues [quantity] @3
            # Requests are rounded up to one of these, at most 10, ascending. Requires default, which is one of them.

        type CapacityRequestPolicyRange
          # A range of amounts. Requests are raised to min and to the next step; beyond max the device does not fit.
          max quantity @2  # The greatest amount, not above the capacity.
          min! quantity @1  # The smallest amount, at least 0.
          step quantity @3  # Distance of valid amounts from min on. max and the default lie on a step.

        type CapacityRequirements  # Amounts a request needs of the capacities of a device.
          requests {quantity} @1
            # The amounts by capacity. Those not named take the policy's default or, without a policy, all.

        type Counter  # An amount that devices can take from.
          value! quantity @1  # The amount.

        type CounterSet  # Named amounts that devices of a pool share, as partitions of one piece of hardware do.
          counters! {Counter} @2  # The amounts by name. At most 32.
          name! string @1  # Name of the set; a DNS label, unique in the pool.

        type Device  # A device that a driver offers.
          allNodes bool? @7
            # All nodes have access. Only with perDeviceNodeSelection; excludes nodeName and nodeSelector.
          allowMultipleAllocations bool? @12
            # Whether several requests may share the device, each consuming part of its capacity.
          attributes {DeviceAttribute} @2  # Properties of the device by name. At most 32 together with capacity.
          bindingConditions [string] @10
            # Conditions the driver must report as True before a pod is bound to the node. At most 4.
          bindingFailureConditions [string] @11
            # Conditions that let binding fail when the driver reports one as True. At most 4.
          bindsToNode bool? @9  # Restricts an allocation to the node that was chosen for it.
          capacity {DeviceCapacity} @3  # Amounts the device has, by name. At most 32 together with attributes.
          consumesCounters [DeviceCounterConsumption] @4
            # What the device takes from shared counters. At most 2 sets, each once.
          name! string @1  # Name of the device; a DNS label, unique in the pool.
          nodeAllocatableResourceMappings {NodeAllocatableResourceMapping} @13
            # Node resources such as cpu or memory that the device stands for, by resource name.
          nodeName string? @5
            # The node that has the device. Only with perDeviceNodeSelection; excludes nodeSelector and allNodes.
          nodeSelector core.v1.NodeSelector @6
            # Nodes that have access, as a single term. Only with perDeviceNodeSelection; excludes nodeName and
            # allNodes.
          taints [DeviceTaint] @8  # Taints set by the driver. At most 16.

        type DeviceAllocationConfiguration  # Configuration that applies to allocated devices.
          opaque OpaqueDeviceConfiguration @3/1  # Configuration in the driver's own form.
          requests [string] @2  # Requests it applies to, as request or request/subrequest. Empty means all.
          source! string @1  # Where it comes from: FromClass or FromClaim.

        type DeviceAllocationResult  # The allocated devices and their configuration.
          config [DeviceAllocationConfiguration] @2  # Configuration from the classes and the claim, for all drivers.
          results [DeviceRequestAllocationResult] @1  # The allocated devices.

        type DeviceAttribute  # Value of a property of a device. Exactly one field is set.
          bool bool? @3  # True or false.
          bools [bool] @7  # True and false values, at least one.
          int int64? @2  # A whole number.
          ints [int64] @6  # Whole numbers, at least one.
          string string? @4  # Text of at most 64 characters.
          strings [string] @8  # Texts of at most 64 characters, at least one.
          version string? @5  # Semantic version such as 1.2.3, at most 64 characters.
          versions [string] @9  # Semantic versions of at most 64 characters, at least one.

        type DeviceCapacity  # An amount a device has.
          requestPolicy CapacityRequestPolicy @2
            # Which parts can be requested when the device is shared. Only with allowMultipleAllocations. Unset allows
            # any.
          value! quantity @1  # The whole amount; it does not shrink as parts are allocated.

        type DeviceClaim  # Which devices a claim asks for.
          config [DeviceClaimConfiguration] @3
            # Configuration for the drivers of the devices. It plays no part in the allocation.
          constraints [DeviceConstraint] @2  # Conditions that the devices have to meet together.
          requests [DeviceRequest] @1  # The devices, all of which are needed. Empty means nothing to allocate.

        type DeviceClaimConfiguration  # Configuration given by a claim.
          opaque OpaqueDeviceConfiguration @2/1  # Configuration in the driver's own form.
          requests [string] @1  # Requests it applies to, as request or request/subrequest. Empty means all.

        type DeviceClass kind
          # A kind of devices that claims can ask for, with selectors and configuration preset by administrators.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! DeviceClassSpec @2  # Which devices belong to the class. Changes affect only later allocations.

        type DeviceClassConfiguration  # Configuration given by a class.
          opaque OpaqueDeviceConfiguration @1/1  # Configuration in the driver's own form.

        type DeviceClassList kind  # A list of DeviceClass objects.
          items! [DeviceClass] @2  # The DeviceClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type DeviceClassSpec  # Which devices belong to a class.
          config [DeviceClassConfiguration] @2
            # Configuration for the drivers of the devices. It plays no part in the allocation.
          extendedResourceName string? @4
            # Extended resource, such as example.com/gpu, that pods can request to get devices of this class. Should be
            # unique; the newest class wins.
          selectors [DeviceSelector] @1  # What a device must meet; all have to match.

        type DeviceConstraint  # A condition on several devices together. Besides requests exactly one field is set.
          distinctAttribute string? @3  # Attribute, with its domain, that must differ between the devices.
          matchAttribute string? @2
            # Attribute, with its domain, that must be equal for the devices, such as gpu.example.com/numa.
          requests [string] @1  # Requests whose devices are meant, as request or request/subrequest. Empty means all.

        type DeviceCounterConsumption  # What a device takes from a set of counters.
          counterSet! string @1  # Name of the set.
          counters! {Counter} @2  # The amounts by counter. At most 32.

        type DeviceRequest
          # A request for one or more equal devices, or for the first possible of several alternatives.
          exactly ExactDeviceRequest @2  # The devices wanted. Excludes firstAvailable.
          firstAvailable [DeviceSubRequest] @3  # Alternatives, of which the first possible one is taken; at most 8.
          name! string @1  # Name of the request, a DNS label. Containers and constraints refer to it.

        type DeviceRequestAllocationResult  # A device allocated for a request.
          adminAccess bool? @5  # Whether the device was allocated for administration only.
          bindingConditions [string] @7
            # Conditions the driver must report as True before binding, copied from the device.
          bindingFailureConditions [string] @8  # Conditions that let binding fail, copied from the device.
          consumedCapacity {quantity} @10  # What a shared device gives to this request, after rounding up, by capacity.
          device! string @4  # Name of the device in its pool.
          driver! string @2  # Name of the driver that prepares the device on the node.
          pool! string @3  # Name of the device's pool.
          request! string @1  # The request, as request or request/subrequest.
          shareID string? @9  # Which share of a device that is shared.
          tolerations [DeviceToleration] @6  # Tolerations of the request at the time of the allocation.

        type DeviceSelector  # Selects devices. Exactly one field is set.
          cel CELDeviceSelector @1  # Selects by a CEL expression.

        type DeviceSubRequest  # One of several alternatives of a request.
          allocationMode string @4
            # ExactCount (default) takes count devices, All every matching one on the node or in its pools.
          capacity CapacityRequirements @7  # Amounts needed of each device.
          count int64 @5  # How many devices, above 0, in the mode ExactCount. Defaults to 1.
          deviceClassName! string @2  # The DeviceClass to choose from.
          name! string @1  # Name of the alternative, a DNS label. References have the form request/subrequest.
          selectors [DeviceSelector] @3  # What a device must meet besides the class; all have to match.
          tolerations [DeviceToleration] @6  # Taints of devices that do no harm. At most 16.

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

        type DeviceToleration  # Taints of devices that a claim tolerates.
          effect string @4  # Effect to tolerate, NoSchedule or NoExecute. Empty means all.
          key string @1  # Taint to tolerate. Empty means all and requires the operator Exists.
          operator string @2 = "Equal"  # Equal (default) compares the value, Exists accepts any.
          tolerationSeconds int64? @5
            # How many seconds to tolerate NoExecute before eviction. Unset means forever, 0 or less not at all.
          value string @3  # Value of the taint; empty with Exists.

        type ExactDeviceRequest  # A request for one or more equal devices.
          adminAccess bool? @5
            # Access for administration, such as monitoring, to devices in use by others; needs permission. Defaults to
            # false.
          allocationMode string @3
            # ExactCount (default) takes count devices, All every matching one on the node or in its pools.
          capacity CapacityRequirements @7  # Amounts needed of each device.
          count int64 @4  # How many devices, above 0, in the mode ExactCount. Defaults to 1.
          deviceClassName! string @1  # The DeviceClass to choose from.
          selectors [DeviceSelector] @2  # What a device must meet besides the class; all have to match.
          tolerations [DeviceToleration] @6  # Taints of devices that do no harm. At most 16.

        type NetworkDeviceData  # Network properties of a device.
          hardwareAddress string @3  # Hardware address, such as a MAC address. At most 128 bytes.
          interfaceName string @1  # Name of the network interface in the pod. At most 256 bytes.
          ips [string] @2  # Addresses with prefix length, such as 192.0.2.5/24 or 2001:db8::5/64.

        type NodeAllocatableResourceMapping  # How much of a node resource a device stands for.
          allocationMultiplier quantity @2
            # Amount for each device or, with capacityKey, for each unit consumed of that capacity. Defaults to 1.
          capacityKey string? @1  # Capacity of the device whose consumed amount is counted. Unset counts devices.

        type OpaqueDeviceConfiguration  # Configuration in a form that only the driver knows.
          driver! string @1  # Name of the driver, a DNS subdomain.
          parameters! any @2  # The configuration, usually an object with apiVersion and kind. At most 10 KiB.

        type ResourceClaim kind
          # A request for devices, such as accelerators, that pods use; it can be shared by several pods.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ResourceClaimSpec @2  # The devices wanted; immutable.
          status ResourceClaimStatus @3  # What was allocated, and for whom.

        type ResourceClaimConsumerReference  # Who uses a claim; an object in the same namespace.
          apiGroup string @1  # API group of the object; empty for the core group.
          name! string @4  # Name of the object.
          resource! string @3  # Resource of the object, such as pods.
          uid! string @5  # UID of the object.

        type ResourceClaimList kind  # A list of ResourceClaim objects.
          items! [ResourceClaim] @2  # The ResourceClaim objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ResourceClaimSpec  # The devices wanted.
          devices DeviceClaim @1  # Requests, constraints and configuration.

        type ResourceClaimStatus  # What was allocated for a claim.
          allocation AllocationResult @1  # The result. Unset while nothing is allocated.
          devices [AllocatedDeviceStatus] @4 map(driver,device,pool,shareID)  # What drivers report about the devices.
          reservedFor [ResourceClaimConsumerReference] @2 map(uid) merge(uid)
            # Who may use the claim, normally pods; at most 256. While it is not empty the devices stay allocated.

        type ResourceClaimTemplate kind  # A pattern from which each pod that names it gets a ResourceClaim of its own.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ResourceClaimTemplateSpec @2  # The claims to create; immutable.

        type ResourceClaimTemplateList kind  # A list of ResourceClaimTemplate objects.
          items! [ResourceClaimTemplate] @2  # The ResourceClaimTemplate objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ResourceClaimTemplateSpec  # The claims a template creates.
          metadata ObjectMeta @1  # Labels and annotations of the claims; nothing else is allowed.
          spec! ResourceClaimSpec @2  # Content of the claims.

        type ResourcePool  # The pool a slice belongs to.
          generation! int64 @2  # Rises with every change of the pool; only slices of the highest number count.
          name! string @1
            # Name of the pool, often that of the node: DNS subdomains separated by slashes, at most 253 characters.
            # Immutable.
          resourceSliceCount! int64 @3
            # Number of slices in this generation, above 0; tells whether all have been seen.

        type ResourceSlice kind
          # Devices that a driver offers in a pool; a pool can consist of several slices. Published by the driver.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ResourceSliceSpec @2  # The pool, its nodes and the devices.

        type ResourceSliceList kind  # A list of ResourceSlice objects.
          items! [ResourceSlice] @2  # The ResourceSlice objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ResourceSliceSpec
          # The devices of a slice and who can use them. Exactly one of nodeName, nodeSelector, allNodes and
          # perDeviceNodeSelection is set.
          allNodes bool? @5  # All nodes have access.
          devices [Device] @6
            # The devices, at most 128, or 64 if any has taints or consumes counters. Excludes sharedCounters.
          driver! string @1  # Name of the driver, a DNS subdomain. Usable in field selectors; immutable.
          nodeName string? @3  # The node that has the devices. Usable in field selectors; immutable.
          nodeSelector core.v1.NodeSelector @4  # Nodes that have access, as a single term.
          perDeviceNodeSelection bool? @7  # Each device says itself which nodes have access.
          pool! ResourcePool @2  # The pool the slice belongs to.
          sharedCounters [CounterSet] @8  # Counters that devices of the pool share; at most 8 sets. Excludes devices.
        """#
}
