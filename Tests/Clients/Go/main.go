// Command clients is an ordinary controller-runtime program: a manager with leader election, a reconciler of a custom
// resource with owned objects, finalizer, status and events, a field index, and webhooks. Built-in kinds are read and
// written as protobuf. It looks at its own work and prints a line for each behaviour.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	extensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/retry"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

const (
	namespace = "go-client"
	finalizer = "go.example.com/watered"
	protobuf  = "application/vnd.kubernetes.protobuf"
)

var groupVersion = schema.GroupVersion{Group: "go.example.com", Version: "v1"}

// Plant is the custom resource of the program: it owns a ConfigMap for each of its leaves.
type Plant struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              PlantSpec   `json:"spec,omitempty"`
	Status            PlantStatus `json:"status,omitempty"`
}

type PlantSpec struct {
	Leaves int    `json:"leaves"`
	Kind   string `json:"kind,omitempty"`
}

type PlantStatus struct {
	Leaves     int                `json:"leaves,omitempty"`
	Generation int64              `json:"observedGeneration,omitempty"`
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

type PlantList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Plant `json:"items"`
}

func (p *Plant) DeepCopyObject() runtime.Object {
	other := *p
	p.ObjectMeta.DeepCopyInto(&other.ObjectMeta)
	other.Status.Conditions = append([]metav1.Condition(nil), p.Status.Conditions...)
	return &other
}

func (l *PlantList) DeepCopyObject() runtime.Object {
	other := *l
	other.Items = nil
	for i := range l.Items {
		other.Items = append(other.Items, *l.Items[i].DeepCopyObject().(*Plant))
	}
	return &other
}

// reconciler keeps as many ConfigMaps as the plant has leaves.
type reconciler struct {
	client.Client
	events record.EventRecorder
}

func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	plant := &Plant{}
	if err := r.Get(ctx, request.NamespacedName, plant); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !plant.DeletionTimestamp.IsZero() {
		last := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: plant.Name + "-withered", Namespace: plant.Namespace}}
		if err := r.Create(ctx, last); err != nil && !apierrors.IsAlreadyExists(err) {
			return ctrl.Result{}, err
		}
		if controllerutil.RemoveFinalizer(plant, finalizer) {
			return ctrl.Result{}, r.Update(ctx, plant)
		}
		return ctrl.Result{}, nil
	}
	if controllerutil.AddFinalizer(plant, finalizer) {
		if err := r.Update(ctx, plant); err != nil {
			return ctrl.Result{}, err
		}
	}
	for i := 0; i < plant.Spec.Leaves; i++ {
		leaf := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("%s-%d", plant.Name, i), Namespace: plant.Namespace}}
		if _, err := controllerutil.CreateOrUpdate(ctx, r.Client, leaf, func() error {
			leaf.Data = map[string]string{"kind": plant.Spec.Kind}
			return controllerutil.SetControllerReference(plant, leaf, r.Scheme())
		}); err != nil {
			return ctrl.Result{}, err
		}
	}
	before := client.MergeFrom(plant.DeepCopyObject().(*Plant))
	plant.Status = PlantStatus{Leaves: plant.Spec.Leaves, Generation: plant.Generation, Conditions: []metav1.Condition{{
		Type: "Ready", Status: metav1.ConditionTrue, Reason: "Grown", LastTransitionTime: metav1.Unix(0, 0)}}}
	if err := r.Status().Patch(ctx, plant, before); err != nil {
		return ctrl.Result{}, err
	}
	r.events.Eventf(plant, corev1.EventTypeNormal, "Grown", "has %d leaves", plant.Spec.Leaves)
	return ctrl.Result{}, nil
}

// plantHook defaults the kind and refuses weeds.
type plantHook struct{}

func (plantHook) Default(_ context.Context, plant *Plant) error {
	if plant.Spec.Kind == "" {
		plant.Spec.Kind = "fern"
	}
	return nil
}

func (plantHook) ValidateCreate(_ context.Context, plant *Plant) (admission.Warnings, error) {
	if plant.Spec.Kind == "weed" {
		return nil, errors.New("weeds are not planted")
	}
	return nil, nil
}

func (plantHook) ValidateUpdate(_ context.Context, _, _ *Plant) (admission.Warnings, error) {
	return nil, nil
}
func (plantHook) ValidateDelete(_ context.Context, _ *Plant) (admission.Warnings, error) {
	return nil, nil
}

// answers counts what the server answers with, by path and content type.
type answers struct {
	sync.Mutex
	types map[string]map[string]int
}

func (a *answers) wrap(next http.RoundTripper) http.RoundTripper {
	return roundTrip(func(request *http.Request) (*http.Response, error) {
		answer, err := next.RoundTrip(request)
		if err == nil {
			a.Lock()
			defer a.Unlock()
			key := request.Method + " " + request.URL.Path
			if request.URL.Query().Get("watch") != "" {
				key = "WATCH " + request.URL.Path
			}
			if a.types[key] == nil {
				a.types[key] = map[string]int{}
			}
			a.types[key][answer.Header.Get("Content-Type")]++
		}
		return answer, err
	})
}

func (a *answers) only(key, prefix string) error {
	a.Lock()
	defer a.Unlock()
	if len(a.types[key]) == 0 {
		return fmt.Errorf("no answer for %s", key)
	}
	for kind := range a.types[key] {
		if !strings.HasPrefix(kind, prefix) {
			return fmt.Errorf("%s was answered with %s", key, kind)
		}
	}
	return nil
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }

var failed bool

func check(sentence string, body func() error) {
	if err := body(); err != nil {
		failed = true
		fmt.Printf("FAILED  go client: %s: %v\n", sentence, err)
		return
	}
	fmt.Printf("passed  go client: %s\n", sentence)
}

func eventually(ctx context.Context, condition func() (bool, error)) error {
	return wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 30*time.Second, true,
		func(context.Context) (bool, error) { return condition() })
}

func must(err error) {
	if err != nil {
		fmt.Println("FAILED  go client:", err)
		os.Exit(1)
	}
}

// certificate writes tls.crt and tls.key for 127.0.0.1 to the folder and returns the certificate.
func certificate(folder string) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "hook"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	must(err)
	secret, err := x509.MarshalECPrivateKey(key)
	must(err)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	must(os.WriteFile(filepath.Join(folder, "tls.crt"), text, 0o600))
	must(os.WriteFile(filepath.Join(folder, "tls.key"), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}), 0o600))
	return text
}

func definition() *extensionsv1.CustomResourceDefinition {
	free := true
	object := extensionsv1.JSONSchemaProps{Type: "object", XPreserveUnknownFields: &free}
	return &extensionsv1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: "plants.go.example.com"},
		Spec: extensionsv1.CustomResourceDefinitionSpec{
			Group: groupVersion.Group, Scope: extensionsv1.NamespaceScoped,
			Names: extensionsv1.CustomResourceDefinitionNames{Plural: "plants", Singular: "plant", Kind: "Plant", ListKind: "PlantList"},
			Versions: []extensionsv1.CustomResourceDefinitionVersion{{
				Name: "v1", Served: true, Storage: true,
				Subresources: &extensionsv1.CustomResourceSubresources{Status: &extensionsv1.CustomResourceSubresourceStatus{}},
				Schema: &extensionsv1.CustomResourceValidation{OpenAPIV3Schema: &extensionsv1.JSONSchemaProps{
					Type: "object", Properties: map[string]extensionsv1.JSONSchemaProps{"spec": object, "status": object}}},
			}}}}
}

func hook(path string, port int, authority []byte) (admissionv1.WebhookClientConfig, admissionv1.RuleWithOperations) {
	url := fmt.Sprintf("https://127.0.0.1:%d%s", port, path)
	return admissionv1.WebhookClientConfig{URL: &url, CABundle: authority}, admissionv1.RuleWithOperations{
		Operations: []admissionv1.OperationType{admissionv1.Create, admissionv1.Update},
		Rule:       admissionv1.Rule{APIGroups: []string{groupVersion.Group}, APIVersions: []string{"v1"}, Resources: []string{"plants"}}}
}

func manager(config *rest.Config, scheme *runtime.Scheme, folder string, port int) ctrl.Manager {
	lease, renew, retryPeriod := 4*time.Second, 3*time.Second, time.Second
	result, err := ctrl.NewManager(config, ctrl.Options{
		Scheme: scheme, LeaderElection: true, LeaderElectionID: "plants", LeaderElectionNamespace: namespace,
		LeaderElectionReleaseOnCancel: true, LeaseDuration: &lease, RenewDeadline: &renew, RetryPeriod: &retryPeriod,
		Metrics: server.Options{BindAddress: "0"}, WebhookServer: webhook.NewServer(webhook.Options{
			Host: "127.0.0.1", Port: port, CertDir: folder})})
	must(err)
	must(result.GetFieldIndexer().IndexField(context.Background(), &corev1.ConfigMap{}, "data.kind",
		func(object client.Object) []string { return []string{object.(*corev1.ConfigMap).Data["kind"]} }))
	skip := true // The second manager of this process has a controller of the same name.
	must(ctrl.NewControllerManagedBy(result).For(&Plant{}).Owns(&corev1.ConfigMap{}).
		WithOptions(controller.Options{SkipNameValidation: &skip}).Complete(&reconciler{result.GetClient(), result.GetEventRecorderFor("plants")}))
	must(ctrl.NewWebhookManagedBy(result, &Plant{}).WithDefaulter(plantHook{}).WithValidator(plantHook{}).Complete())
	return result
}

func main() {
	ctrl.SetLogger(klog.NewKlogr())
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	config := ctrl.GetConfigOrDie()
	seen := &answers{types: map[string]map[string]int{}}
	config.Wrap(seen.wrap)
	scheme := runtime.NewScheme()
	must(clientscheme.AddToScheme(scheme))
	must(extensionsv1.AddToScheme(scheme))
	scheme.AddKnownTypes(groupVersion, &Plant{}, &PlantList{})
	metav1.AddToGroupVersion(scheme, groupVersion)
	direct, err := client.New(config, client.Options{Scheme: scheme})
	must(err)

	must(direct.Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}))
	check("a definition is made and established", func() error {
		if err := direct.Create(ctx, definition()); err != nil {
			return err
		}
		return eventually(ctx, func() (bool, error) {
			found := &extensionsv1.CustomResourceDefinition{}
			err := direct.Get(ctx, client.ObjectKey{Name: "plants.go.example.com"}, found)
			for _, condition := range found.Status.Conditions {
				if condition.Type == extensionsv1.Established && condition.Status == extensionsv1.ConditionTrue {
					return true, err
				}
			}
			return false, err
		})
	})
	typedClient(ctx, config, seen)

	folder, err := os.MkdirTemp("", "hook")
	must(err)
	defer os.RemoveAll(folder)
	authority := certificate(folder)
	first, stopFirst := context.WithCancel(ctx)
	ended := make(chan error, 2)
	one := manager(config, scheme, folder, 19443)
	go func() { ended <- one.Start(first) }()
	plants(ctx, direct, one, authority, seen)
	election(ctx, direct, config, scheme, folder, one, stopFirst, ended)
	finish(ctx, direct)
	if failed {
		os.Exit(1)
	}
}

// typedClient is client-go without controller-runtime, everything as protobuf.
func typedClient(ctx context.Context, config *rest.Config, seen *answers) {
	binary := rest.CopyConfig(config)
	binary.ContentType = protobuf
	binary.AcceptContentTypes = protobuf
	set, err := kubernetes.NewForConfig(binary)
	must(err)
	maps := set.CoreV1().ConfigMaps(namespace)
	path := "/api/v1/namespaces/" + namespace + "/configmaps"
	check("protobuf alone: create, update, patch, list, watch, delete, and the Status of an error", func() error {
		watcher, err := maps.Watch(ctx, metav1.ListOptions{LabelSelector: "only=protobuf"})
		if err != nil {
			return err
		}
		defer watcher.Stop()
		made, err := maps.Create(ctx, &corev1.ConfigMap{
			ObjectMeta: metav1.ObjectMeta{Name: "binary", Labels: map[string]string{"only": "protobuf"}},
			Data:       map[string]string{"a": "1"}, BinaryData: map[string][]byte{"b": {0, 1, 255}}}, metav1.CreateOptions{})
		if err != nil {
			return err
		}
		made.Data["a"] = "2"
		if made, err = maps.Update(ctx, made, metav1.UpdateOptions{}); err != nil || made.BinaryData["b"][2] != 255 {
			return fmt.Errorf("update: %v %v", made, err)
		}
		if made, err = maps.Patch(ctx, "binary", "application/merge-patch+json", []byte(`{"data":{"a":"3"}}`),
			metav1.PatchOptions{}); err != nil || made.Data["a"] != "3" {
			return fmt.Errorf("patch: %v %v", made, err)
		}
		list, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "only=protobuf"})
		if err != nil || len(list.Items) != 1 || list.ResourceVersion == "" {
			return fmt.Errorf("list: %v %v", list, err)
		}
		if err := maps.Delete(ctx, "binary", metav1.DeleteOptions{}); err != nil {
			return err
		}
		if _, err := maps.Get(ctx, "binary", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
			return fmt.Errorf("get after delete: %v", err)
		}
		for _, expected := range []string{"ADDED 1", "MODIFIED 2", "MODIFIED 3", "DELETED 3"} {
			select {
			case event := <-watcher.ResultChan():
				found, _ := event.Object.(*corev1.ConfigMap)
				if found == nil || fmt.Sprint(event.Type, " ", found.Data["a"]) != expected {
					return fmt.Errorf("watch: %v, expected %s", event, expected)
				}
			case <-time.After(10 * time.Second):
				return fmt.Errorf("watch: no %s", expected)
			}
		}
		return errors.Join(seen.only("GET "+path, protobuf), seen.only("WATCH "+path, protobuf),
			seen.only("PATCH "+path+"/binary", protobuf), seen.only("DELETE "+path+"/binary", protobuf))
	})
	check("protobuf alone: every list of a built-in group's kind", func() error {
		groups, err := set.Discovery().ServerPreferredResources()
		if err != nil {
			return err
		}
		var problems error
		count := 0
		for _, group := range groups {
			version, _ := schema.ParseGroupVersion(group.GroupVersion)
			for _, resource := range group.APIResources {
				if !clientscheme.Scheme.Recognizes(version.WithKind(resource.Kind)) || !strings.Contains(resource.Verbs.String(), "list") {
					continue
				}
				count++
				root := "/apis/" + group.GroupVersion
				if version.Group == "" {
					root = "/api/v1"
				}
				list, err := clientscheme.Scheme.New(version.WithKind(resource.Kind + "List"))
				must(err)
				err = set.CoreV1().RESTClient().Get().AbsPath(root, resource.Name).Do(ctx).Into(list)
				if err != nil {
					problems = errors.Join(problems, fmt.Errorf("%s/%s: %w", root, resource.Name, err))
				}
			}
		}
		if count < 50 {
			problems = errors.Join(problems, fmt.Errorf("only %d kinds", count))
		}
		return problems
	})
}

func plants(ctx context.Context, direct client.Client, one ctrl.Manager, authority []byte, seen *answers) {
	check("the manager is elected, its caches fill", func() error {
		select {
		case <-one.Elected():
		case <-time.After(30 * time.Second):
			return errors.New("not elected")
		}
		if !one.GetCache().WaitForCacheSync(ctx) {
			return errors.New("not synced")
		}
		return nil
	})
	check("webhooks default and refuse", func() error {
		none := admissionv1.SideEffectClassNone
		config, rule := hook("/mutate-go-example-com-v1-plant", 19443, authority)
		if err := direct.Create(ctx, &admissionv1.MutatingWebhookConfiguration{
			ObjectMeta: metav1.ObjectMeta{Name: "plants"}, Webhooks: []admissionv1.MutatingWebhook{{
				Name: "default.go.example.com", ClientConfig: config, Rules: []admissionv1.RuleWithOperations{rule},
				SideEffects: &none, AdmissionReviewVersions: []string{"v1"}}}}); err != nil {
			return err
		}
		config, rule = hook("/validate-go-example-com-v1-plant", 19443, authority)
		if err := direct.Create(ctx, &admissionv1.ValidatingWebhookConfiguration{
			ObjectMeta: metav1.ObjectMeta{Name: "plants"}, Webhooks: []admissionv1.ValidatingWebhook{{
				Name: "validate.go.example.com", ClientConfig: config, Rules: []admissionv1.RuleWithOperations{rule},
				SideEffects: &none, AdmissionReviewVersions: []string{"v1"}}}}); err != nil {
			return err
		}
		return eventually(ctx, func() (bool, error) {
			weed := &Plant{ObjectMeta: metav1.ObjectMeta{GenerateName: "weed-", Namespace: namespace}, Spec: PlantSpec{Kind: "weed"}}
			err := direct.Create(ctx, weed, client.DryRunAll)
			if err == nil {
				return false, nil
			}
			if !apierrors.IsForbidden(err) || !strings.Contains(err.Error(), "weeds are not planted") {
				return false, err
			}
			tree := &Plant{ObjectMeta: metav1.ObjectMeta{GenerateName: "tree-", Namespace: namespace}}
			err = direct.Create(ctx, tree, client.DryRunAll)
			return tree.Spec.Kind == "fern", err
		})
	})
	plant := &Plant{ObjectMeta: metav1.ObjectMeta{Name: "rose", Namespace: namespace}, Spec: PlantSpec{Leaves: 3}}
	grown := func(leaves int) error {
		return eventually(ctx, func() (bool, error) {
			err := direct.Get(ctx, client.ObjectKeyFromObject(plant), plant)
			return plant.Status.Leaves == leaves && plant.Status.Generation == plant.Generation, err
		})
	}
	check("a custom resource is reconciled: finalizer, owned objects, status, event", func() error {
		if err := direct.Create(ctx, plant); err != nil {
			return err
		}
		if err := grown(3); err != nil {
			return err
		}
		if !controllerutil.ContainsFinalizer(plant, finalizer) {
			return errors.New("no finalizer")
		}
		return eventually(ctx, func() (bool, error) {
			events := &corev1.EventList{}
			err := direct.List(ctx, events, client.InNamespace(namespace), client.MatchingFields{"reason": "Grown"})
			return len(events.Items) > 0, err
		})
	})
	check("a change is reconciled, and an owned object that is deleted comes back", func() error {
		if err := retry.RetryOnConflict(retry.DefaultRetry, func() error {
			if err := direct.Get(ctx, client.ObjectKeyFromObject(plant), plant); err != nil {
				return err
			}
			plant.Spec.Leaves = 5
			return direct.Update(ctx, plant)
		}); err != nil {
			return err
		}
		if err := grown(5); err != nil {
			return err
		}
		leaf := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "rose-2", Namespace: namespace}}
		if err := direct.Delete(ctx, leaf); err != nil {
			return err
		}
		return eventually(ctx, func() (bool, error) {
			err := direct.Get(ctx, client.ObjectKeyFromObject(leaf), leaf)
			return err == nil && leaf.DeletionTimestamp.IsZero(), client.IgnoreNotFound(err)
		})
	})
	check("the cache is read by index; built-in kinds come as protobuf, custom ones as JSON", func() error {
		if err := eventually(ctx, func() (bool, error) {
			leaves := &corev1.ConfigMapList{}
			err := one.GetClient().List(ctx, leaves, client.MatchingFields{"data.kind": "fern"})
			return len(leaves.Items) == 5, err
		}); err != nil {
			return err
		}
		return errors.Join(seen.only("WATCH /api/v1/configmaps", protobuf),
			seen.only("WATCH /apis/go.example.com/v1/plants", "application/json"))
	})
	check("server-side apply through controller-runtime, forced and refused", func() error {
		apply := func(data, owner string, options ...client.ApplyOption) error {
			object := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "v1", "kind": "ConfigMap",
				"metadata": map[string]any{"name": "applied", "namespace": namespace}, "data": map[string]any{"a": data}}}
			return direct.Apply(ctx, client.ApplyConfigurationFromUnstructured(object), append(options, client.FieldOwner(owner))...)
		}
		if err := apply("1", "first"); err != nil {
			return err
		}
		if err := apply("2", "second"); !apierrors.IsConflict(err) {
			return fmt.Errorf("expected a conflict: %v", err)
		}
		return apply("2", "second", client.ForceOwnership)
	})
	check("metadata alone is read and cached", func() error {
		partial := &metav1.PartialObjectMetadataList{}
		partial.SetGroupVersionKind(schema.GroupVersionKind{Version: "v1", Kind: "ConfigMapList"})
		if err := direct.List(ctx, partial, client.InNamespace(namespace)); err != nil {
			return err
		}
		if len(partial.Items) < 5 {
			return fmt.Errorf("%d objects", len(partial.Items))
		}
		one := &metav1.PartialObjectMetadata{}
		one.SetGroupVersionKind(groupVersion.WithKind("Plant"))
		return direct.Get(ctx, client.ObjectKeyFromObject(plant), one)
	})
	check("the scale of a built-in kind is patched", func() error {
		replicas, grace := int32(0), int64(0)
		labels := map[string]string{"app": "idle"}
		idle := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "idle", Namespace: namespace},
			Spec: appsv1.DeploymentSpec{Replicas: &replicas, Selector: &metav1.LabelSelector{MatchLabels: labels},
				Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: corev1.PodSpec{
					TerminationGracePeriodSeconds: &grace, Containers: []corev1.Container{{Name: "main", Image: "gantry.local/busybox:1", Command: []string{"sleep", "600"}}}}}}}
		if err := direct.Create(ctx, idle); err != nil {
			return err
		}
		patch := client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"replicas":1}}`))
		scale := &autoscalingv1.Scale{}
		if err := direct.SubResource("scale").Patch(ctx, idle, patch, client.WithSubResourceBody(scale)); err != nil {
			return err
		}
		if scale.Spec.Replicas != 1 {
			return fmt.Errorf("the answer is %v", scale)
		}
		return eventually(ctx, func() (bool, error) {
			err := direct.Get(ctx, client.ObjectKeyFromObject(idle), idle)
			return idle.Status.AvailableReplicas == 1, err
		})
	})
	check("deletion waits for the finalizer, and owned objects go", func() error {
		if err := direct.Delete(ctx, plant); err != nil {
			return err
		}
		return eventually(ctx, func() (bool, error) {
			if err := direct.Get(ctx, client.ObjectKeyFromObject(plant), plant); !apierrors.IsNotFound(err) {
				return false, err
			}
			withered := &corev1.ConfigMap{}
			if err := direct.Get(ctx, client.ObjectKey{Namespace: namespace, Name: "rose-withered"}, withered); err != nil {
				return false, err
			}
			leaves := &corev1.ConfigMapList{}
			err := one.GetClient().List(ctx, leaves, client.MatchingFields{"data.kind": "fern"})
			return len(leaves.Items) == 0, err
		})
	})
}

// election starts a second manager beside the first, stops that, and sees the second one lead.
func election(ctx context.Context, direct client.Client, config *rest.Config, scheme *runtime.Scheme, folder string,
	one ctrl.Manager, stop context.CancelFunc, ended chan error) {
	check("a second manager waits, then leads when the first is stopped", func() error {
		two := manager(config, scheme, folder, 19444)
		go func() { ended <- two.Start(ctx) }()
		lease := &coordinationv1.Lease{}
		key := client.ObjectKey{Namespace: namespace, Name: "plants"}
		if err := direct.Get(ctx, key, lease); err != nil || lease.Spec.HolderIdentity == nil {
			return fmt.Errorf("no holder: %v %v", lease, err)
		}
		holder := *lease.Spec.HolderIdentity
		select {
		case <-two.Elected():
			return errors.New("two leaders")
		case <-time.After(3 * time.Second):
		}
		stop()
		if err := <-ended; err != nil {
			return err
		}
		select {
		case <-two.Elected():
		case <-time.After(20 * time.Second):
			return errors.New("nobody leads")
		}
		if err := direct.Get(ctx, key, lease); err != nil || *lease.Spec.HolderIdentity == holder {
			return fmt.Errorf("the holder is still %s: %v", holder, err)
		}
		return nil
	})
}

func finish(ctx context.Context, direct client.Client) {
	check("everything is deleted again", func() error {
		home := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}
		hooks := metav1.ObjectMeta{Name: "plants"}
		if err := errors.Join(
			direct.Delete(ctx, &admissionv1.MutatingWebhookConfiguration{ObjectMeta: hooks}),
			direct.Delete(ctx, &admissionv1.ValidatingWebhookConfiguration{ObjectMeta: hooks}),
			direct.Delete(ctx, home)); err != nil {
			return err
		}
		if err := eventually(ctx, func() (bool, error) {
			err := direct.Get(ctx, client.ObjectKeyFromObject(home), home)
			return apierrors.IsNotFound(err), client.IgnoreNotFound(err)
		}); err != nil {
			return err
		}
		return direct.Delete(ctx, definition())
	})
}
