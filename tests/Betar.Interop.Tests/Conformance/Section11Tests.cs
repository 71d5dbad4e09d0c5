using Betar.Interop.Tests.Blocks;

namespace Betar.Interop.Tests.Conformance;

/// <summary>What a peer of the original must do; the numbers are those of docs/conformance.md.</summary>
[Collection(BlocksCollection.Name)]
public sealed class Section11Tests(BlocksFixture partner)
{
    [Fact]
    public async Task Line05_blocks_are_fetched_and_served_by_bitswap()
    {
        await new BitswapTests(partner).Ours_gets_a_block_of_js(1000);
        await new BitswapTests(partner).Js_gets_a_block_of_ours(1000);
    }
}
