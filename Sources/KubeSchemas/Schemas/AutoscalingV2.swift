/// The types and resources of `autoscaling/v2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let autoscalingV2 = #"""
        package io.k8s.api.autoscaling.v2
        version autoscaling v2
        resource horizontalpodautoscalers HorizontalPodAutoscaler namespaced singular:horizontalpodautoscaler short:hpa categories:all
        subresource horizontalpodautoscalers/status HorizontalPodAutoscaler verbs:get,patch,update

        type ContainerResourceMetricSource
          # Scales on the use of a resource by one container of each pod, averaged over the pods.
          container! string @3  # Name of the container in the pods.
          name! string @1  # The resource, such as cpu or memory.
          target! MetricTarget @2  # The average to aim at.

        type ContainerResourceMetricStatus  # Current use of a resource by one container of each pod.
          container! string @3  # Name of the container in the pods.
          current! MetricValueStatus @2  # The value measured last.
          name! string @1  # The resource, such as cpu or memory.

        type CrossVersionObjectReference  # Names an object of the same namespace, whatever version it is served in.
          apiVersion string @3  # Group and version of the object, such as apps/v1.
          kind! string @1  # Kind of the object, such as Deployment.
          name! string @2  # Name of the object.

        type ExternalMetricSource  # Scales on a metric from outside the cluster, such as the length of a message queue.
          metric! MetricIdentifier @1  # Which metric to ask for.
          target! MetricTarget @2  # The value, or average value for each pod, to aim at.

        type ExternalMetricStatus  # Current value of a metric from outside the cluster.
          current! MetricValueStatus @2  # The value measured last.
          metric! MetricIdentifier @1  # Which metric was asked for.

        type HPAScalingPolicy  # Limits how much may change within a period.
          periodSeconds! int32 @3  # Length of the period in seconds, from 1 to 1800.
          type! string @1  # Unit of value: Pods or Percent of the current replicas.
          value! int32 @2  # The greatest change allowed within the period; above 0.

        type HPAScalingRules  # Limits how fast and how readily to scale in one direction.
          policies [HPAScalingPolicy] @2
            # Limits on the change within a period. Default for up: 4 pods or 100 percent in 15 seconds; for down: 100
            # percent in 15 seconds.
          selectPolicy string? @1
            # Which policy wins: Max allows the greatest change (default), Min the smallest, Disabled none.
          stabilizationWindowSeconds int32? @3
            # Seconds of past recommendations to consider, of which the most cautious wins; 0 to 3600. Defaults to 0 for
            # up and 300 for down.
          tolerance quantity @4
            # Deviation of the metric from its target that causes no scaling, as a ratio such as 0.05. Unset means the
            # cluster-wide value of 10 percent.

        type HorizontalPodAutoscaler kind  # Adjusts the number of replicas of a workload to metrics such as CPU use.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! HorizontalPodAutoscalerSpec @2  # What to scale, within which bounds, and by which metrics.
          status HorizontalPodAutoscalerStatus @3
            # What the autoscaler observed and decided last; written by the system.

        type HorizontalPodAutoscalerBehavior  # How scaling up and scaling down behave.
          scaleDown HPAScalingRules @2
            # Rules for scaling down. By default down to minReplicas, after a stabilization of 300 seconds.
          scaleUp HPAScalingRules @1
            # Rules for scaling up. By default 4 pods or a doubling within 15 seconds, whichever is more, without
            # stabilization.

        type HorizontalPodAutoscalerCondition
          # One aspect of an autoscaler's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition: ScalingActive, AbleToScale or ScalingLimited.

        type HorizontalPodAutoscalerList kind  # A list of HorizontalPodAutoscaler objects.
          items! [HorizontalPodAutoscaler] @2  # The HorizontalPodAutoscaler objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type HorizontalPodAutoscalerSpec  # The desired behaviour of an autoscaler.
          behavior HorizontalPodAutoscalerBehavior @5
            # How fast to scale in each direction. Unset means the default rules.
          maxReplicas! int32 @3  # Upper bound of replicas; not below minReplicas.
          metrics [MetricSpec] @4
            # The metrics to follow; the one that asks for the most replicas wins. Defaults to 80 percent average CPU
            # utilization.
          minReplicas int32? @2  # Lower bound of replicas. Defaults to 1.
          scaleTargetRef! CrossVersionObjectReference @1  # The workload to scale; it must have a scale subresource.

        type HorizontalPodAutoscalerStatus  # The observed state of an autoscaler.
          conditions [HorizontalPodAutoscalerCondition] @6 map(type) merge(type)
            # Whether the autoscaler is able to scale its target, and what limits it.
          currentMetrics [MetricStatus] @5  # The metrics as read last.
          currentReplicas int32 @3  # Replicas the autoscaler saw last.
          desiredReplicas! int32 @4  # Replicas the autoscaler wants.
          lastScaleTime time @2  # When the number of replicas was last changed.
          observedGeneration int64? @1  # The metadata.generation this status was computed for.

        type MetricIdentifier  # Names a metric, and narrows it by labels.
          name! string @1  # Name of the metric.
          selector LabelSelector @2
            # Labels passed to the metrics server to narrow the metric. Unset means the name alone.

        type MetricSpec  # One metric to scale by. Besides type exactly the field that matches it is set.
          containerResource ContainerResourceMetricSource @7  # Use of a resource by one container of each pod.
          external ExternalMetricSource @5  # A metric from outside the cluster.
          object ObjectMetricSource @2  # A metric of one object, such as the requests a second of an Ingress.
          pods PodsMetricSource @3  # A metric of each pod, averaged over the pods.
          resource ResourceMetricSource @4  # Use of a resource such as cpu or memory by the pods.
          type! string @1  # Kind of the metric: ContainerResource, External, Object, Pods or Resource.

        type MetricStatus  # The current value of one metric. Besides type the field that matches it is set.
          containerResource ContainerResourceMetricStatus @7  # Use of a resource by one container of each pod.
          external ExternalMetricStatus @5  # A metric from outside the cluster.
          object ObjectMetricStatus @2  # A metric of one object.
          pods PodsMetricStatus @3  # A metric of each pod, averaged over the pods.
          resource ResourceMetricStatus @4  # Use of a resource such as cpu or memory by the pods.
          type! string @1  # Kind of the metric: ContainerResource, External, Object, Pods or Resource.

        type MetricTarget  # The value of a metric to aim at. Besides type exactly the field that matches it is set.
          averageUtilization int32? @4
            # Average over the pods, as a percentage of what they request. Only for resource metrics.
          averageValue quantity @3  # Average over the pods, as a quantity.
          type! string @1  # Kind of the target: Utilization, Value or AverageValue.
          value quantity @2  # The value itself, as a quantity.

        type MetricValueStatus  # The current value of a metric.
          averageUtilization int32? @3  # Average over the pods, as a percentage of what they request.
          averageValue quantity @2  # Average over the pods, as a quantity.
          value quantity @1  # The value itself, as a quantity.

        type ObjectMetricSource  # Scales on a metric of one object.
          describedObject! CrossVersionObjectReference @1  # The object the metric belongs to.
          metric! MetricIdentifier @3  # Which metric to ask for.
          target! MetricTarget @2  # The value to aim at.

        type ObjectMetricStatus  # Current value of a metric of one object.
          current! MetricValueStatus @2  # The value measured last.
          describedObject! CrossVersionObjectReference @3  # The object the metric belongs to.
          metric! MetricIdentifier @1  # Which metric was asked for.

        type PodsMetricSource  # Scales on a metric of each pod, averaged over the pods.
          metric! MetricIdentifier @1  # Which metric to ask for.
          target! MetricTarget @2  # The average to aim at.

        type PodsMetricStatus  # Current value of a metric of each pod, averaged over the pods.
          current! MetricValueStatus @2  # The value measured last.
          metric! MetricIdentifier @1  # Which metric was asked for.

        type ResourceMetricSource  # Scales on the use of a resource by the pods, averaged over them.
          name! string @1  # The resource, such as cpu or memory.
          target! MetricTarget @2  # The average to aim at.

        type ResourceMetricStatus  # Current use of a resource by the pods.
          current! MetricValueStatus @2  # The value measured last.
          name! string @1  # The resource, such as cpu or memory.
        """#
}
