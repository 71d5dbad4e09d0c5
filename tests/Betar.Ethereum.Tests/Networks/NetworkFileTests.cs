using System.Text;
using Betar.Ethereum.Networks;

namespace Betar.Ethereum.Tests.Networks;

/// <summary>What an operator's file may say, and each thing it may not.</summary>
public sealed class NetworkFileTests
{
    internal const string Whole = """
        "usdc": "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "domain": { "name": "Test", "version": "1" }, "decimals": 6, "confirmations": 2
        """;

    [Fact]
    public void A_new_network_is_added()
    {
        var catalog = Read($$"""{"networks":{"local-2":{"chainId":5555,"carriesValue":false,{{Whole}},"explorer":"https://e.example/","rpc":["http://a:1/k","https://b/"] } } }""");

        Assert.True(catalog.TryFind("eip155:5555", out var network));
        Assert.Equal(("local-2", "Test", "1", 6, 2), (network.Name, network.DomainName, network.DomainVersion, network.Decimals, network.Confirmations));
        Assert.Equal("https://e.example", network.Explorer);
        Assert.Equal(["http://a:1/k", "https://b/"], network.RpcUrls.Select(url => url.ToString()));
        Assert.Equal(NetworkCatalog.BuiltIn.Networks.Count + 1, catalog.Networks.Count);
    }

    [Fact]
    public void A_known_network_is_changed_in_part_and_the_program_keeps_its_own()
    {
        var catalog = Read("""{"networks":{"base":{"confirmations":40,"rpc":["https://node.example/secret"]}}}""");

        Assert.True(catalog.TryFind("base", out var network));
        Assert.True(NetworkCatalog.BuiltIn.TryFind("base", out var before));
        Assert.Equal((40, 1, 8453UL), (network.Confirmations, network.RpcUrls.Count, network.ChainId));
        Assert.Equal((before.Usdc, before.DomainName), (network.Usdc, network.DomainName));
        Assert.Empty(before.RpcUrls);
        Assert.NotEqual(40, before.Confirmations);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"networks":{}}""")]
    [InlineData(" { } ")]
    [InlineData("""{"networks":{"base":{}}}""")]
    public void A_file_that_says_nothing_changes_nothing(string json) => Assert.Equal(NetworkCatalog.BuiltIn.Networks, Read(json).Networks);

    [Theory]
    [InlineData("", "It is no JSON.")]
    [InlineData("{", "It is no JSON.")]
    [InlineData("""{"networks":{"\ud800":{}}}""", "It is no JSON.")]
    [InlineData("{} {}", "It is no JSON.")]
    [InlineData("[]", "The file is no object.")]
    [InlineData("7", "The file is no object.")]
    [InlineData("""{"network":{}}""", "nobody knows the member network.")]
    [InlineData("""{"networks":[]}""", "networks is no object.")]
    [InlineData("""{"networks":{"base":7}}""", "base is no object.")]
    [InlineData("""{"networks":{"base":{},"base":{}}}""", "twice")]
    [InlineData("""{"networks":{"Base":{}}}""", "lower-case")]
    [InlineData("""{"networks":{"":{}}}""", "lower-case")]
    [InlineData("""{"networks":{"123456789012345678901234567890123":{}}}""", "lower-case")]
    [InlineData("""{"networks":{"base":{"confirmation":7}}}""", "nobody knows the member confirmation.")]
    [InlineData("""{"networks":{"base":{"domain":{"names":"x"}}}}""", "nobody knows the member names.")]
    [InlineData("""{"networks":{"base":{"chainId":8454}}}""", "is chain 8453 and stays it")]
    [InlineData("""{"networks":{"base":{"carriesValue":false}}}""", "carries real value")]
    [InlineData("""{"networks":{"base":{"carriesValue":1}}}""", "true or false")]
    [InlineData("""{"networks":{"base":{"usdc":"0x0000000000000000000000000000000000000000"}}}""", "not the zero address")]
    [InlineData("""{"networks":{"base":{"usdc":"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914"}}}""", "right checksum")]
    [InlineData("""{"networks":{"base":{"usdc":7}}}""", "right checksum")]
    [InlineData("""{"networks":{"base":{"domain":{"name":""}}}}""", "1 to 64 bytes")]
    [InlineData("""{"networks":{"base":{"domain":"USDC"}}}""", "domain is no object.")]
    [InlineData("""{"networks":{"base":{"decimals":-1}}}""", "0 to 36")]
    [InlineData("""{"networks":{"base":{"decimals":37}}}""", "0 to 36")]
    [InlineData("""{"networks":{"base":{"decimals":6.5}}}""", "0 to 36")]
    [InlineData("""{"networks":{"base":{"confirmations":0}}}""", "1 to 10000")]
    [InlineData("""{"networks":{"base":{"confirmations":10001}}}""", "1 to 10000")]
    [InlineData("""{"networks":{"base":{"confirmations":"5"}}}""", "1 to 10000")]
    [InlineData("""{"networks":{"base":{"explorer":"basescan.org"}}}""", "explorer is an address")]
    [InlineData("""{"networks":{"base":{"explorer":"ftp://basescan.org"}}}""", "explorer is an address")]
    [InlineData("""{"networks":{"base":{"rpc":"https://a"}}}""", "at most 16")]
    [InlineData("""{"networks":{"base":{"rpc":["wss://a"]}}}""", "no address of http")]
    [InlineData("""{"networks":{"base":{"rpc":[7]}}}""", "no address of http")]
    [InlineData("""{"networks":{"x":{"chainId":0}}}""", "1 to 9007199254740991")]
    [InlineData("""{"networks":{"x":{"chainId":9007199254740992}}}""", "1 to 9007199254740991")]
    public void A_fault_is_said(string json, string fault) => Assert.Contains(Faults(json), said => said.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("chainId")]
    [InlineData("carriesValue")]
    [InlineData("usdc")]
    [InlineData("domain")]
    [InlineData("decimals")]
    [InlineData("confirmations")]
    public void A_new_network_needs_all_of_it(string member)
    {
        var parts = $"\"chainId\": 5555, \"carriesValue\": false, {Whole.Replace("\"domain\": { \"name\": \"Test\", \"version\": \"1\" }", "\"domain\": {}", StringComparison.Ordinal)}"
            .Split(", ").Where(part => !part.Contains(member, StringComparison.Ordinal));

        Assert.Contains(Faults($$"""{"networks":{"x":{ {{string.Join(", ", parts)}} } } }"""), said => said.Contains($"{member}", StringComparison.Ordinal) && said.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_chain_that_is_known_to_carry_value_is_said_to()
    {
        var json = $$"""{"networks":{"gnosis":{"chainId":100,"carriesValue":false,{{Whole}} } } }""";

        Assert.Contains(Faults(json), said => said == "gnosis: chain 100 carries real value.");
        Assert.True(NetworkCatalog.TryRead(Encoding.UTF8.GetBytes(json.Replace("false", "true", StringComparison.Ordinal)), out _, out _));
    }

    [Fact]
    public void All_faults_are_said_at_once_and_none_repeats_a_value()
    {
        var faults = Faults("""{"networks":{"base":{"rpc":["secret://key"],"decimals":"secret","secret value":1,"usdc":"secret"}}}""");

        Assert.Equal(4, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_end_somewhere()
    {
        var members = string.Join(',', Enumerable.Range(0, 500).Select(at => $"\"member{at}\":1"));

        Assert.Equal(NetworkFaults.Max, Faults($$"""{"networks":{"base":{ {{members}} } } }""").Count);
    }

    [Fact]
    public void There_is_an_end_to_networks_to_nodes_and_to_bytes()
    {
        var free = NetworkFile.MaxNetworks - NetworkCatalog.BuiltIn.Networks.Count;
        Assert.Equal(NetworkFile.MaxNetworks, Read(Many(free)).Networks.Count);
        Assert.Contains(Faults(Many(free + 1)), said => said.Contains("more than 64", StringComparison.Ordinal));
        Assert.Equal(16, Read(Nodes(16)).Networks[0].RpcUrls.Count);
        Assert.Contains(Faults(Nodes(17)), said => said.Contains("at most 16", StringComparison.Ordinal));
        Assert.True(NetworkCatalog.TryRead(Encoding.UTF8.GetBytes("{}".PadRight(NetworkFile.MaxBytes)), out _, out _));
        Assert.Contains(Faults("{}".PadRight(NetworkFile.MaxBytes + 1)), said => said.Contains("longer than", StringComparison.Ordinal));

        static string Many(int count) =>
            $$"""{"networks":{ {{string.Join(',', Enumerable.Range(0, count).Select(at => $$"""
                "n{{at}}":{"chainId":{{5000 + at}},"carriesValue":true,{{Whole}} }
                """))}} } }""";

        static string Nodes(int count) =>
            $$"""{"networks":{"base":{"rpc":[{{string.Join(',', Enumerable.Repeat("\"https://a\"", count))}}] } } }""";
    }

    static NetworkCatalog Read(string json)
    {
        Assert.True(NetworkCatalog.TryRead(Encoding.UTF8.GetBytes(json), out var catalog, out var faults), string.Join(' ', faults));
        Assert.Empty(faults);
        return catalog;
    }

    static IReadOnlyList<string> Faults(string json)
    {
        Assert.False(NetworkCatalog.TryRead(Encoding.UTF8.GetBytes(json), out var catalog, out var faults));
        Assert.Null(catalog);
        return faults;
    }
}
