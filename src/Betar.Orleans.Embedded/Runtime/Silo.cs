using System.Collections.Concurrent;
using Betar.Orleans.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One silo: hosts activations, takes calls, starts and stops in stages.</summary>
internal sealed partial class Silo : CallNode, ILocalSiloDetails, IDisposable
{
    private readonly ConcurrentDictionary<(SiloAddress Caller, long Id), IncomingCall> _cancellable = new();
    private readonly SiloLifecycle _lifecycle = new();
    private readonly ClusterOptions _clusterOptions;
    private readonly GrainCollectionOptions _collection;
    private readonly ActivationCollector _collector;
    private volatile bool _killed;

    public Silo(
        IServiceProvider services,
        InProcessCluster cluster,
        SiloAddress address,
        string name,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<ClusterOptions> clusterOptions,
        IOptions<GrainCollectionOptions> collection)
        : base(services, address, cluster, messaging.Value)
    {
        Name = name;
        _clusterOptions = clusterOptions.Value;
        _collection = collection.Value;
        Catalog = new Catalog(this);
        Runtime = new GrainRuntime(this);
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        _collector = new ActivationCollector(this, _collection);
        services.GetRequiredService<CallNodeHolder>().Node = this;
    }

    public string Name { get; }

    public string ClusterId => _clusterOptions.ClusterId;

    public string ServiceId => _clusterOptions.ServiceId;

    public string DnsHostName => Environment.MachineName;

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    public SiloAddress GatewayAddress => Address;

    public Catalog Catalog { get; }

    public GrainRuntime Runtime { get; }

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    public bool HasIncomingFilters => IncomingFilters.Length != 0;

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    /// <summary>How many calls from elsewhere a cancellation would still reach.</summary>
    public int CancellableCalls => _cancellable.Count;

    public SiloStatus Status => Membership.View.StatusOf(Address);

    /// <summary>Set when the silo died without a goodbye: none of its activations does anything any more.</summary>
    public bool IsKilled => _killed;

    public CancellationTokenSource NewTimeout(TimeSpan timeout) =>
        timeout > TimeSpan.FromMilliseconds(uint.MaxValue - 2) || timeout < TimeSpan.Zero ? new() : new(timeout, Time);

    public override void Route(Invocation call)
    {
        if (Catalog.TryGet(call.Target, out var target))
            target!.Post(call);
        else
            RouteByDirectory(call);
    }

    public Task CollectAsync(TimeSpan age) => _collector.CollectAsync(age);

    /// <summary>No longer of interest to a cancellation.</summary>
    public void Forget(IncomingCall call)
    {
        if (call.Request.IsCancellable)
            _cancellable.TryRemove((call.Caller, call.Id), out _);
    }

    public override void Receive(SiloAddress from, ReadOnlyMemory<byte> message)
    {
        if (_killed)
            return;
        var reader = new MessageReader(message);
        var kind = (MessageKind)reader.ReadByte();
        var id = reader.ReadLong();
        switch (kind)
        {
            case MessageKind.Request or MessageKind.OneWay:
                ReceiveRequest(from, kind, id, ref reader);
                break;
            case MessageKind.Cancel:
                if (_cancellable.TryGetValue((from, id), out var call))
                    call.Cancel();
                break;
            default:
                base.Receive(from, message);
                break;
        }
    }

    /// <summary>A host that is disposed without having been stopped has crashed.</summary>
    public void Dispose() => Kill();

    protected override void DeliverHere(Invocation call)
    {
        if (Catalog.TryGet(call.Target, out var target) || (Status == SiloStatus.Active && (target = Catalog.GetOrCreate(call.Target)) is not null))
            target!.Post(call);
        else
            call.Reroute(this);
    }

    private void ReceiveRequest(SiloAddress from, MessageKind kind, long id, ref MessageReader reader)
    {
        Invocation call;
        try
        {
            var header = ReadHeader(ref reader, id);
            var request = (IRequest)Serializer.Deserialize<object>(reader.Rest)!;
            call = kind == MessageKind.OneWay
                ? new OneWayCall(this, header.Target, header.Source, request, header.Options) { Context = header.Context }
                : new IncomingCall(this, from, header, request);
            if (call is IncomingCall incoming && request.IsCancellable)
                _cancellable[(from, id)] = incoming;
        }
        catch (Exception unreadable)
        {
            LogUnreadable(from, unreadable);
            if (kind == MessageKind.Request)
                SendResponse(from, id, Response.FromException(unreadable));
            return;
        }

        Route(call);
    }
}
