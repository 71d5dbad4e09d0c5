using Betar.Libp2p.Discovery;
using Betar.Node.Peering;

namespace Betar.Node.Tests.Peering;

public sealed class NodeNetworkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_gossip_recommends_is_a_way_of_finding_when_it_is_switched_on(bool isOn)
    {
        var options = new NetworkOptions { Recommended = isOn };
        var recommended = new NoPeers();

        Assert.Equal(isOn, NodeNetwork.Gossiping(options).PeerExchange);
        Assert.Equal(isOn ? [recommended] : [], NodeNetwork.Ways(options, recommended).Sources);
    }

    private sealed class NoPeers : IPeerSource
    {
        public string Name => "nobody";

        public Task RunAsync(IPeerSink sink, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
