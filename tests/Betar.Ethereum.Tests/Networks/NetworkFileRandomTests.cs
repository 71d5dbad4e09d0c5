using System.Text;
using Betar.Ethereum.Networks;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Networks;

/// <summary>Damaged files: a catalog that keeps its promises, or faults; nothing else.</summary>
public sealed class NetworkFileRandomTests
{
    const string Good = $$"""
        {"networks":{"mine":{"chainId":5555,"carriesValue":false,{{NetworkFileTests.Whole}},"explorer":"https://e.example","rpc":["http://a:1/k"]},"base":{"confirmations":9} } }
        """;

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        var read = 0;
        Fuzz.Mutate(Encoding.UTF8.GetBytes(Good), 20_000, TestSeed.Value, bytes => read += Check(bytes) ? 1 : 0);

        Assert.InRange(read, 100, 19_000);
    }

    static bool Check(byte[] bytes)
    {
        if (!NetworkCatalog.TryRead(bytes, out var catalog, out var faults))
        {
            Assert.Null(catalog);
            Assert.NotEmpty(faults);
            return false;
        }

        Assert.Empty(faults);
        Assert.InRange(catalog.Networks.Count, NetworkCatalog.BuiltIn.Networks.Count, NetworkFile.MaxNetworks);
        foreach (var network in catalog.Networks)
        {
            Assert.False(network.Usdc.IsZero);
            Assert.InRange(network.Confirmations, 1, 10_000);
            Assert.InRange(network.Decimals, 0, 36);
            Assert.True(catalog.TryFind(network.Name, out var found) && found == network);
            Assert.True(catalog.TryFind(network.Caip2, out _));
        }

        return true;
    }
}
