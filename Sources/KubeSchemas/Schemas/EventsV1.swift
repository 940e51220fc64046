/// The types and resources of `events.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let eventsV1 = #"""
        package io.k8s.api.events.v1
        version events.k8s.io v1
        resource events Event namespaced singular:event short:ev

        type Event kind
          # A report that something happened to an object. Events are kept for a limited time and may be lost, so they
          # inform but prove nothing.
          action string @6  # What was done or tried with the regarding object, for machines. At most 128 characters.
          deprecatedCount int32 @15  # Number of occurrences, as in core/v1. Deprecated, use series.
          deprecatedFirstTimestamp time @13  # First occurrence, as in core/v1. Deprecated, use eventTime.
          deprecatedLastTimestamp time @14  # Last occurrence, as in core/v1. Deprecated, use series.
          deprecatedSource core.v1.EventSource @12  # Reporter, as in core/v1. Deprecated, use reportingController.
          eventTime! microtime @2  # When this was first observed. Required.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          note string @10  # What happened, for people. At most 1 KiB.
          reason string @7  # Why it happened, in one CamelCase word. At most 128 characters.
          regarding core.v1.ObjectReference @8  # The object the event is about.
          related core.v1.ObjectReference @9  # A second object involved, such as one that was created.
          reportingController string @4  # Name of the reporting controller, such as kubernetes.io/kubelet.
          reportingInstance string @5
            # The instance of the controller, such as its pod or node. At most 128 characters.
          series EventSeries @3  # How often this happened again. Unset if it happened once.
          type string @11  # Normal or Warning; more may follow.

        type EventList kind  # A list of Event objects.
          items! [Event] @2  # The Event objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type EventSeries  # Repetitions of one event.
          count! int32 @1  # Number of occurrences so far.
          lastObservedTime! microtime @2  # When the last occurrence was seen.
        """#
}
