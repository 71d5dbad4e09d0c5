using System.Collections.Concurrent;
using Betar.Orleans.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A silo or a client: something that calls grains and waits for answers.</summary>
internal abstract partial class CallNode : IGrainReferenceRuntime, ILinkReceiver
{
    // Longer than anybody waits, and far from overflow.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(3650);
    private readonly long _ticksPerSecond;
    private readonly TimeSpan _responseTimeout;
    private readonly IOutgoingGrainCallFilter[] _outgoingFilters;
    private readonly ConcurrentDictionary<long, PendingCall> _remote = new();
    private readonly Lazy<GrainReferences> _references;
    private IDisposable? _subscription;
    private long _lastRemoteId;

    protected CallNode(IServiceProvider services, SiloAddress address, InProcessCluster cluster, MessagingOptions options)
    {
        Services = services;
        Address = address;
        Cluster = cluster;
        Membership = cluster.Membership;
        Directory = cluster.Directory;
        Link = cluster.Link;
        Scheduler = services.GetRequiredService<IEngineScheduler>();
        Tasks = new EngineTaskScheduler(Scheduler);
        Random = services.GetRequiredService<IEngineRandom>();
        Time = services.GetRequiredService<TimeProvider>();
        Serializer = services.GetRequiredService<Serializer>();
        Copier = services.GetRequiredService<DeepCopier>();
        Types = services.GetRequiredService<GrainTypes>();
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Messaging");
        Timeouts = new CallTimeouts(Time, Scheduler);
        _references = new(services.GetRequiredService<GrainReferences>);
        _outgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        _responseTimeout = options.ResponseTimeout;
        _ticksPerSecond = Time.TimestampFrequency;
    }

    public IServiceProvider Services { get; }

    public SiloAddress Address { get; }

    public InProcessCluster Cluster { get; }

    public ISiloMembership Membership { get; }

    public ISiloDirectory Directory { get; }

    public ISiloLink Link { get; }

    public IEngineScheduler Scheduler { get; }

    public EngineTaskScheduler Tasks { get; }

    public IEngineRandom Random { get; }

    public TimeProvider Time { get; }

    public Serializer Serializer { get; }

    public DeepCopier Copier { get; }

    public GrainTypes Types { get; }

    public GrainReferences References => _references.Value;

    public TimeSpan ResponseTimeout => _responseTimeout;

    public ILogger Log { get; }

    public CallTimeouts Timeouts { get; }

    public long Now => Time.GetTimestamp();

    /// <summary>True once it was stopped: nothing that it sends could be answered.</summary>
    protected bool IsDisconnected { get; private set; }

    public long DeadlineIn(TimeSpan timeout) => DeadlineAfter(Now, timeout);

    public long DeadlineAfter(long timestamp, TimeSpan timeout) =>
        timeout < TimeSpan.Zero || timeout > LongestTimeout
            ? long.MaxValue
            : timestamp + (long)(timeout.Ticks * ((double)_ticksPerSecond / TimeSpan.TicksPerSecond));

    public object Cast(IAddressable grain, Type interfaceType)
    {
        var reference = GrainExtensions.ReferenceOf(grain);
        return interfaceType.IsInstanceOfType(reference) ? reference : References.Create(reference.GrainId, interfaceType);
    }

    /// <summary>Finds the activation of a call's grain, or the silo that has or gets one.</summary>
    public abstract void Route(Invocation call);

    protected void Connect()
    {
        IsDisconnected = false;
        Link.Open(Address, this);
        _subscription = Membership.Subscribe(OnMembershipChange);
    }

    protected void Disconnect(string why)
    {
        IsDisconnected = true;
        _subscription?.Dispose();
        Link.Close(Address);
        Timeouts.Stop();
        foreach (var call in Timeouts.Snapshot())
            call.Fail(new SiloUnavailableException($"{why} while {call.Request} to {call.Target} was under way."));
    }

    protected virtual void OnMembershipChange(SiloAddress silo, SiloStatus status)
    {
        if (status != SiloStatus.Dead || silo.Equals(Address))
            return;
        foreach (var call in _remote.Values)
        {
            if (silo.Equals(call.SentTo))
                call.Fail(new SiloUnavailableException($"The target silo {silo} became unavailable while {call.Request} to {call.Target} was under way."));
        }
    }
}
