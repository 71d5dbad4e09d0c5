using Betar.Ethereum.Networks;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Betar.X402;

namespace Betar.Node.Tests.Composition;

public sealed class UpOptionsTests
{
    private static readonly ChainNetwork Devnet = NetworkCatalog.BuiltIn.TryFind("devnet", out ChainNetwork? network) ? network : null!;

    private const string Account = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/4001")]
    [InlineData("/ip4/0.0.0.0/tcp/0")]
    [InlineData("/ip6/::1/tcp/65535")]
    public void A_multiaddress_is_where_it_listens(string text) =>
        Assert.Equal(text, Assert.Single(Read(listen: text).Value.Listen).ToString());

    [Theory]
    [InlineData("127.0.0.1:4001")]
    [InlineData("/ip4/127.0.0.1/tcp/65536")]
    [InlineData("/ip4/127.0.0.1/tcp/-1")]
    [InlineData("/ip4/127.0.0.1/udp/4001")]
    [InlineData("/dns4/localhost/tcp/4001")]
    [InlineData("/ip4/127.0.0.1/tcp/4001/p2p/x")]
    [InlineData("/ip4/somewhere/tcp/4001")]
    [InlineData("")]
    public void Anything_else_is_refused_with_the_way_to_write_it(string text)
    {
        CliRefusal refusal = Read(listen: text).Refusal!;
        Assert.Equal("BTR-1003", refusal.Error.Code);
        Assert.Contains("/ip4/127.0.0.1/tcp/4001", refusal.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://pay.example/x402", true)]
    [InlineData("http://127.0.0.1:8402", true)]
    [InlineData("http://192.0.2.1/", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    [InlineData("pay.example", false)]
    public void A_facilitator_is_reached_by_https_or_on_this_machine(string address, bool right)
    {
        Checked<SellerOptions> read = UpOptions.Read("/nonexistent/agents.yaml", false, Devnet, ["/ip4/127.0.0.1/tcp/1"], 1, 1, [], address);
        Assert.Equal(right ? null : "BTR-1003", read.Refusal?.Error.Code);
        if (right)
            Assert.Equal(new Uri(address), read.Value.Facilitator);
    }

    [Fact]
    public void Every_address_must_be_right()
    {
        Assert.Equal(2, UpOptions.Read("/nonexistent/agents.yaml", false, Devnet, ["/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/1"], 1, 1, []).Value.Listen.Count);
        Assert.False(UpOptions.Read("/nonexistent/agents.yaml", false, Devnet, ["/ip4/127.0.0.1/tcp/1", "x"], 1, 1, []).IsOk);
    }

    [Theory]
    [InlineData(0, "BTR-1003")]
    [InlineData(-1, "BTR-1003")]
    [InlineData(1, null)]
    [InlineData(16, null)]
    [InlineData(17, "BTR-1003")]
    public void Silos_have_their_limits(int silos, string? code) => Assert.Equal(code, Read(silos: silos).Refusal?.Error.Code);

    [Theory]
    [InlineData(0, "BTR-1003")]
    [InlineData(1, null)]
    [InlineData(16, null)]
    [InlineData(17, "BTR-1003")]
    public void Settlers_have_their_limits(int settlers, string? code) => Assert.Equal(code, Read(settlers: settlers).Refusal?.Error.Code);

    [Fact]
    public void Test_money_is_an_address_and_usdc()
    {
        FundRequest request = Assert.Single(Read(fund: [$"{Account}=1.5"]).Value.Fund);
        Assert.Equal((Account, (AtomicAmount)1_500_000), (request.Account.ToString(), request.Amount));
    }

    [Theory]
    [InlineData(Account, "BTR-1003")]
    [InlineData("0x12=1", "BTR-1015")]
    [InlineData("=1", "BTR-1015")]
    [InlineData(Account + "=", "BTR-1014")]
    [InlineData(Account + "=0.0000001", "BTR-1014")]
    [InlineData(Account + "=1=2", "BTR-1014")]
    public void Test_money_that_is_written_otherwise_is_refused(string text, string code) =>
        Assert.Equal(code, Read(fund: [$"{Account}=1", text]).Refusal?.Error.Code);

    [Fact]
    public void A_file_of_agents_must_be_there_only_when_it_was_named()
    {
        Assert.Empty(Read().Value.Agents);
        Assert.Equal("BTR-1010", Read(agentsGiven: true).Refusal?.Error.Code);
    }

    [Fact]
    public void The_folders_own_file_is_read()
    {
        using var temp = new TempFolder();
        string file = temp.File("agents.yaml", "agents: [{ name: echo, executor: { builtin: echo } }]");

        Assert.Equal("echo", Assert.Single(Read(file).Value.Agents).Name);
    }

    [Fact]
    public void What_nobody_says_is_one_silo_and_a_float_of_a_hundred()
    {
        SellerOptions options = new() { Agents = [], Network = Devnet };
        Assert.Equal((1, (AtomicAmount)100_000_000), (options.Silos, options.RefundFloat));
        Assert.Equal("/ip4/127.0.0.1/tcp/0", Assert.Single(options.Listen).ToString());
        Assert.Empty(options.Fund);
    }

    [Theory]
    [InlineData(null, "https://file.example/")]
    [InlineData("https://flag.example/", "https://flag.example/")]
    public void The_files_facilitator_counts_where_no_flag_names_one(string? flag, string expected)
    {
        using var temp = new TempFolder();
        string file = temp.File("agents.yaml", "facilitator: https://file.example/\n");
        Assert.Equal(expected, UpOptions.Read(file, true, Devnet, ["/ip4/127.0.0.1/tcp/1"], 1, 1, [], flag).Value.Facilitator!.AbsoluteUri);
    }

    /// <summary>What is wrong in a file is said, also where nothing would come of it.</summary>
    [Fact]
    public void A_flag_does_not_hide_the_files_fault()
    {
        using var temp = new TempFolder();
        string file = temp.File("agents.yaml", "facilitator: nowhere\n");
        Assert.Equal("BTR-1012", UpOptions.Read(file, true, Devnet, ["/ip4/127.0.0.1/tcp/1"], 1, 1, [], "https://flag.example/").Refusal?.Error.Code);
    }

    private static Checked<SellerOptions> Read(
        string file = "/nonexistent/agents.yaml", bool agentsGiven = false, string listen = "/ip4/127.0.0.1/tcp/0",
        int silos = 1, int settlers = 1, IReadOnlyList<string>? fund = null) => UpOptions.Read(file, agentsGiven, Devnet, [listen], silos, settlers, fund ?? []);
}
