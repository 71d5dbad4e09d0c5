using Betar.Orleans.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A caller outside of all silos.</summary>
internal sealed class ClientNode : CallNode, IDisposable
{
    private bool _connected;

    public ClientNode(IServiceProvider services, InProcessCluster cluster, IOptions<ClientMessagingOptions> options)
        : base(services, cluster.NewClientAddress(), cluster, options.Value)
    {
        services.GetRequiredService<CallNodeHolder>().Node = this;
    }

    public void Start()
    {
        Cluster.Enter();
        _connected = true;
        Connect();
    }

    public void Stop()
    {
        if (!_connected)
            return;
        _connected = false;
        Disconnect("The client was stopped");
        Cluster.Leave();
    }

    public void Dispose() => Stop();

    public override void Route(Invocation call) => RouteByDirectory(call);

    protected override void DeliverHere(Invocation call) => throw new InvalidOperationException("A client hosts no grains.");
}
