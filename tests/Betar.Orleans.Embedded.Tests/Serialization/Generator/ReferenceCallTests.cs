using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

public sealed class ReferenceCallTests
{
    private readonly OddGrain _grain = new();
    private readonly RecordingRuntime _runtime;
    private readonly IOddGrain _reference;

    public ReferenceCallTests()
    {
        _runtime = new RecordingRuntime { Target = _grain };
        _reference = References.Make<IOddGrain>(_runtime);
    }

    [Fact]
    public async Task Every_kind_of_result()
    {
        await _reference.Nothing();
        Assert.Equal(7, await _reference.Add(2));
        Assert.Equal([new Position(1, "n", 2)], await _reference.Get());
        Assert.Equal((3, "first"), await _reference.Overloaded(new Frozen { Values = [1] }, [1, 2]));
        Assert.Equal((1, "second"), await _reference.Overloaded([new Plain()], null, new() { ["a"] = 1 }));
    }

    [Fact]
    public async Task Generic_methods()
    {
        var box = await _reference.Generic("value", new Box<string>("box"));
        Assert.Equal(("value", "box"), (box!.Value, box.More[0]));
        Assert.Equal(typeof(string), Assert.Single(_runtime.Sent!.GetMethod().GetGenericArguments()));
    }

    [Fact]
    public void Void_methods_only_send()
    {
        _reference.Fire("now");
        Assert.Equal(["now"], _grain.Fired);
        Assert.Equal(InvokeMethodOptions.OneWay, _runtime.Options);
    }

    [Fact]
    public async Task Options_and_time_outs_come_from_attributes()
    {
        await _reference.Generic("v", new Box<string>("b"));
        Assert.Equal(InvokeMethodOptions.AlwaysInterleave | InvokeMethodOptions.ReadOnly, _runtime.Options);
        Assert.Equal(TimeSpan.FromSeconds(5), _runtime.Sent!.GetDefaultResponseTimeout());
        await _reference.Nothing();
        Assert.Equal(InvokeMethodOptions.None, _runtime.Options);
        Assert.Null(_runtime.Sent.GetDefaultResponseTimeout());
    }

    [Fact]
    public async Task A_request_tells_what_it_calls_and_with_what()
    {
        await _reference.Add(2, 3);
        var request = _runtime.Sent!;
        Assert.Equal("Add", request.GetMethodName());
        Assert.Equal(typeof(IOddGrain).FullName, request.GetInterfaceName());
        Assert.Equal("IOddGrain/Add", request.GetActivityName());
        Assert.Equal(typeof(IOddGrain), request.GetInterfaceType());
        Assert.Equal(typeof(IOddGrain).GetMethod("Add"), request.GetMethod());
        Assert.Equal((2, 2, 3), (request.GetArgumentCount(), request.GetArgument(0), request.GetArgument(1)));
        request.SetArgument(1, 40);
        Assert.Equal(40, request.GetArgument(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => request.GetArgument(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => request.SetArgument(2, 1));
        request.SetTarget(new RecordingRuntime.Holder(_grain));
        Assert.Same(_grain, request.GetTarget());
        Assert.Equal(42, (await request.Invoke()).Result);
        request.Dispose();
        Assert.Null(request.GetTarget());
        Assert.Equal(0, request.GetArgument(0));
    }

    [Fact]
    public async Task Overloads_have_methods_of_their_own()
    {
        await _reference.Overloaded(new Frozen(), []);
        var first = _runtime.Sent!.GetMethod();
        await _reference.Overloaded([new Plain()], null, []);
        Assert.NotEqual(first, _runtime.Sent!.GetMethod());
        Assert.Equal(3, _runtime.Sent.GetMethod().GetParameters().Length);
    }

    [Fact]
    public async Task Inherited_methods_belong_to_the_interface_that_declares_them()
    {
        await _reference.Get();
        Assert.Equal(typeof(ICommon<List<Position>>), _runtime.Sent!.GetInterfaceType());
        var common = References.Make<ICommon<List<Position>>>(_runtime);
        Assert.Single(await common.Get());
    }

    [Fact]
    public async Task Arguments_are_copied_when_they_are_sent_and_stay_what_they_share()
    {
        var plain = new Plain { Number = 1 };
        await _reference.Overloaded([plain, plain], null, []);
        var sent = Assert.IsType<Plain[]>(_runtime.Sent!.GetArgument(0));
        Assert.NotSame(plain, sent[0]);
        Assert.Same(sent[0], sent[1]);
        Assert.Same(_grain.Plains![0], _grain.Plains[1]);
    }

    [Fact]
    public async Task Immutable_parameters_are_not_copied()
    {
        var frozen = new Frozen();
        var bytes = new byte[] { 1 };
        await _reference.Overloaded(frozen, bytes);
        Assert.Same(frozen, _runtime.Sent!.GetArgument(0));
        Assert.Same(bytes, _runtime.Sent.GetArgument(1));
    }

    [Fact]
    public async Task A_token_is_the_caller_s_until_the_target_is_set()
    {
        using var caller = new CancellationTokenSource();
        await _reference.Put([new(1, "n", 2)], caller.Token);
        Assert.True(_runtime.Sent!.IsCancellable);
        Assert.Equal(caller.Token, _runtime.Sent.GetCancellationToken());
        Assert.False(_runtime.Sent.TryCancel());
        Assert.NotEqual(caller.Token, _grain.Token);
        Assert.True(_grain.Token.CanBeCanceled);
    }

    [Fact]
    public async Task Cancelling_a_request_cancels_the_method()
    {
        using var caller = new CancellationTokenSource();
        var call = _reference.Put([new(1, "n", 2)], caller.Token);
        await call;
        var received = SerializerHost.RoundTrip(_runtime.Sent!);
        var grain = new OddGrain();
        received.SetArgument(0, new List<Position>());
        received.SetTarget(new RecordingRuntime.Holder(grain));
        var running = received.Invoke();
        await grain.Entered.Task;
        Assert.True(received.TryCancel());
        Assert.IsAssignableFrom<OperationCanceledException>((await running).Exception);
        Assert.True(received.GetCancellationToken().IsCancellationRequested);
    }

    [Fact]
    public async Task A_request_without_token_cannot_be_cancelled()
    {
        await _reference.Add(1);
        Assert.False(_runtime.Sent!.IsCancellable);
        Assert.False(_runtime.Sent.TryCancel());
        Assert.False(_runtime.Sent.GetCancellationToken().CanBeCanceled);
    }

    [Fact]
    public async Task An_exception_of_the_method_reaches_the_caller() =>
        Assert.Equal(3, (await Assert.ThrowsAsync<MarkedException>(() => _reference.Overloaded([], null, []))).Code);

    [Fact]
    public void An_argument_without_codec_fails_before_anything_is_sent()
    {
        Assert.Throws<CodecNotFoundException>(() => { _ = _reference.Overloaded([], null, new() { ["a"] = new LinkedList<int>() }); });
        Assert.Null(_runtime.Sent);
    }

    [Fact]
    public void An_enumeration_is_its_own_request_and_carries_its_batch_size()
    {
        var stream = _reference.Stream(3, default);
        var request = Assert.IsAssignableFrom<AsyncEnumerableRequest<Point>>(stream);
        request.MaxBatchSize = 7;
        var received = SerializerHost.RoundTrip<IRequest>(request);
        Assert.Equal(7, Assert.IsAssignableFrom<AsyncEnumerableRequest<Point>>(received).MaxBatchSize);
        Assert.Equal(3, received.GetArgument(0));
        Assert.Equal(7, Assert.IsAssignableFrom<AsyncEnumerableRequest<Point>>(SerializerHost.Copier.Copy<IRequest>(request)).MaxBatchSize);
    }

    [Fact]
    public void Generic_and_nested_interfaces_have_references()
    {
        Assert.NotNull(References.Make<IGenericGrain<Guid, Point>>(_runtime));
        Assert.NotNull(References.Make<Outer.INested>(_runtime));
    }

    [Fact]
    public async Task A_request_s_name_on_the_wire_is_short()
    {
        await _reference.Add(1);
        Assert.InRange(SerializerHost.Serializer.SerializeToArray<object>(_runtime.Sent!).Length, 8, 30);
    }

    [Fact]
    public void The_manifest_lists_interfaces_and_grain_classes()
    {
        Assert.Contains(typeof(IOddGrain), References.Manifest.Interfaces);
        Assert.Contains(typeof(IGenericGrain<,>), References.Manifest.Interfaces);
        Assert.Contains(typeof(Outer.INested), References.Manifest.Interfaces);
        Assert.Contains(typeof(OddGrain), References.Manifest.InterfaceImplementations);
    }
}
