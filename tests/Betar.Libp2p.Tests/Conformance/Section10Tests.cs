using Betar.Libp2p.Tests.Dialing;
using Betar.Libp2p.Tests.Discovery;
using Betar.Libp2p.Tests.PubSub.Simulation;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Conformance;

/// <summary>What the original does badly with its network is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests(ITestOutputHelper output)
{
    [Fact]
    public void Row23_who_is_lost_is_dialled_again() => new BootstrapPeersTests().Who_leaves_is_dialled_again_and_quickly();

    [Fact]
    public void Row27_who_floods_is_no_longer_heard() => new FloodTests(output).Graft_flood();

    [Fact]
    public void Row44_addresses_are_tried_beside_one_another_and_with_a_deadline()
    {
        new DialerTests().The_next_address_is_tried_after_a_delay_and_the_first_that_answers_wins();
        new DialerTests().A_dial_has_a_deadline();
    }
}
