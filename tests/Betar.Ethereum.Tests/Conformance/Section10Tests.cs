using Betar.Ethereum.Tests.Networks;

namespace Betar.Ethereum.Tests.Conformance;

/// <summary>What the original does badly with chains is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests
{
    [Fact]
    public void Row17_a_chain_is_data_with_its_own_token_and_signing_domain() => new NetworkCatalogTests().A_public_network_has_its_token_and_its_signing_domain(
        "polygon", 137, "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", "USD Coin", true);
}
