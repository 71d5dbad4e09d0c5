using Betar.Libp2p.Tests.Dialing;
using Betar.Libp2p.Tests.Discovery;
using Betar.Libp2p.Tests.Discovery.Exchange;
using Betar.Libp2p.Tests.PubSub.Simulation;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Conformance;

/// <summary>What the original does badly with its network is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests(ITestOutputHelper output)
{
    /// <summary>Also those who were not there at first, those of before the restart, and those whom only others know.</summary>
    [Fact]
    public void Row23_who_is_lost_is_dialled_again()
    {
        new BootstrapPeersTests().Who_leaves_is_dialled_again_and_quickly();
        new BootstrapPeersTests().Who_comes_up_later_is_found();
        new RememberedPeersTests().After_a_restart_those_who_were_there_are_found_without_anybodys_help();
        new PeerExchangeTests().Who_knows_one_finds_those_that_it_knows();
    }

    [Fact]
    public void Row27_who_floods_is_no_longer_heard() => new FloodTests(output).Graft_flood();

    [Fact]
    public void Row44_addresses_are_tried_beside_one_another_and_with_a_deadline()
    {
        new DialerTests().The_next_address_is_tried_after_a_delay_and_the_first_that_answers_wins();
        new DialerTests().A_dial_has_a_deadline();
    }
}
