using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

public sealed class QuorumOptionsTests
{
    [Fact]
    public void The_defaults_are_good()
    {
        var options = new QuorumOptions();

        Assert.Empty(options.Validate(2));
        Assert.Equal((2, TimeSpan.FromSeconds(5), 3, TimeSpan.FromSeconds(30), 32, TimeSpan.FromMilliseconds(200)),
            (options.Required, options.Timeout, options.FailuresToOpen, options.OpenTime, options.MaxLag, options.ReceiptInterval));
    }

    public static TheoryData<string, int, QuorumOptions> Bad => new()
    {
        { "1 to 16 nodes", 0, new QuorumOptions { Required = 0 } },
        { "1 to 16 nodes", 17, new QuorumOptions() },
        { "Required", 2, new QuorumOptions { Required = 0 } },
        { "Required", 2, new QuorumOptions { Required = 3 } },
        { "Timeout", 2, new QuorumOptions { Timeout = TimeSpan.FromMilliseconds(9) } },
        { "Timeout", 2, new QuorumOptions { Timeout = TimeSpan.FromHours(1) } },
        { "FailuresToOpen", 2, new QuorumOptions { FailuresToOpen = 0 } },
        { "FailuresToOpen", 2, new QuorumOptions { FailuresToOpen = 1_001 } },
        { "OpenTime", 2, new QuorumOptions { OpenTime = TimeSpan.Zero } },
        { "OpenTime", 2, new QuorumOptions { OpenTime = TimeSpan.FromHours(2) } },
        { "MaxLag", 2, new QuorumOptions { MaxLag = -1 } },
        { "MaxLag", 2, new QuorumOptions { MaxLag = 10_001 } },
        { "ReceiptInterval", 2, new QuorumOptions { ReceiptInterval = TimeSpan.Zero } },
        { "ReceiptInterval", 2, new QuorumOptions { ReceiptInterval = TimeSpan.FromMinutes(2) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_value_out_of_range_is_named(string name, int endpoints, QuorumOptions options)
    {
        Assert.StartsWith(name, options.Validate(endpoints)[0], StringComparison.Ordinal);
        var nodes = Enumerable.Range(0, endpoints).Select(_ => new QuorumEndpoint("x", new NoChain())).ToList();
        Assert.Throws<ArgumentException>(() => new QuorumChainClient(nodes, options));
    }

    [Fact]
    public void Nodes_are_named_by_host_and_place_and_never_by_what_may_be_a_key()
    {
        using var http = new HttpClient();
        var endpoints = QuorumEndpoint.Over(http, [new Uri("https://a.example/v2/SECRET"), new Uri("http://user:SECRET@a.example:8545/?key=SECRET")]);

        Assert.Equal(["1:a.example", "2:a.example:8545"], endpoints.Select(endpoint => endpoint.Name));
    }
}
