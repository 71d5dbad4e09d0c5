using Betar.Libp2p.Tests.Discovery;

namespace Betar.Libp2p.Tests.Conformance;

/// <summary>What the original does badly with its network is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests
{
    [Fact]
    public void Row23_who_is_lost_is_dialled_again() => new BootstrapPeersTests().Who_leaves_is_dialled_again_and_quickly();
}
