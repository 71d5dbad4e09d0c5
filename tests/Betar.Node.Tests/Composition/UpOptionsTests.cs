using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Betar.X402;

namespace Betar.Node.Tests.Composition;

public sealed class UpOptionsTests : IDisposable
{
    private const string Account = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";
    private const string Peer = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";

    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/4001")]
    [InlineData("/ip4/0.0.0.0/tcp/0")]
    [InlineData("/ip6/::1/tcp/65535")]
    public void A_multiaddress_is_where_it_listens(string text) =>
        Assert.Equal(text, Assert.Single(Read("--listen", text).Value.Listen).ToString());

    [Theory]
    [InlineData("127.0.0.1:4001")]
    [InlineData("/ip4/127.0.0.1/tcp/65536")]
    [InlineData("/ip4/127.0.0.1/tcp/-1")]
    [InlineData("/ip4/127.0.0.1/udp/4001")]
    [InlineData("/dns4/localhost/tcp/4001")]
    [InlineData("/ip4/127.0.0.1/tcp/4001/p2p/x")]
    [InlineData("/ip4/somewhere/tcp/4001")]
    public void Anything_else_is_refused_with_the_way_to_write_it(string text)
    {
        CliRefusal refusal = Read("--listen", text).Refusal!;
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
        Checked<SellerOptions> read = Read("--facilitator", address);
        Assert.Equal(right ? null : "BTR-1003", read.Refusal?.Error.Code);
        if (right)
            Assert.Equal(new Uri(address), read.Value.Facilitator);
    }

    [Fact]
    public void Every_address_must_be_right()
    {
        Assert.Equal(2, Read("--listen", "/ip4/127.0.0.1/tcp/1", "--listen", "/ip6/::1/tcp/1").Value.Listen.Count);
        Assert.False(Read("--listen", "/ip4/127.0.0.1/tcp/1", "--listen", "x").IsOk);
    }

    [Fact]
    public void A_port_is_one_of_every_interface_and_the_stronger_of_the_two_counts()
    {
        Assert.Equal("/ip4/0.0.0.0/tcp/4001", Assert.Single(Read("-p", "4001").Value.Listen).ToString());
        _temp.File("config.yaml", "p2p_port: 4002\n");
        Assert.Equal("/ip4/0.0.0.0/tcp/4002", Assert.Single(Read().Value.Listen).ToString());
        Assert.Equal("/ip4/127.0.0.1/tcp/7", Assert.Single(Read("--listen", "/ip4/127.0.0.1/tcp/7").Value.Listen).ToString());
    }

    [Fact]
    public void Peers_that_gossip_recommends_are_looked_at_when_the_operator_says_so()
    {
        Assert.True(Read("--gossip-px").Value.Finding.Recommended);
        _environment["BETAR_GOSSIP_PX"] = "true";
        Assert.True(Read().Value.Finding.Recommended);
        _temp.File("config.yaml", "gossip_px: true\n");
        _environment["BETAR_GOSSIP_PX"] = "false";
        Assert.False(Read().Value.Finding.Recommended);
        _environment["BETAR_GOSSIP_PX"] = "perhaps";
        Assert.Equal("BTR-1003", Read().Refusal?.Error.Code);
    }

    [Theory]
    [InlineData("--control-groups", "/nonexistent/groups", "BTR-1003")]
    [InlineData("--silos", "0", "BTR-1003")]
    [InlineData("--silos", "-1", "BTR-1003")]
    [InlineData("--silos", "many", "BTR-1003")]
    [InlineData("--silos", "1", null)]
    [InlineData("--silos", "16", null)]
    [InlineData("--silos", "17", "BTR-1003")]
    [InlineData("--settlers", "0", "BTR-1003")]
    [InlineData("--settlers", "16", null)]
    [InlineData("--settlers", "17", "BTR-1003")]
    [InlineData("--port", "65536", "BTR-1003")]
    [InlineData("--port", "65535", null)]
    [InlineData("--mdns-service", "has a space", "BTR-1003")]
    [InlineData("--bootstrap", "/ip4/127.0.0.1/tcp/4001", "BTR-1017")]
    [InlineData("--bootstrap", "/ip4/127.0.0.1/tcp/4001/p2p/" + Peer, null)]
    [InlineData("--network", "nowhere", "BTR-1016")]
    [InlineData("--network", "base", "BTR-1016")]
    [InlineData("--rpc-url", "ftp://127.0.0.1/", "BTR-1003")]
    [InlineData("--provider", "claude", "BTR-1003")]
    [InlineData("--provider", "OpenAI", null)]
    [InlineData("--openai-base-url", "mine", "BTR-1003")]
    [InlineData("--announce-interval", "30s", null)]
    [InlineData("--announce-interval", "5000ms", null)]
    [InlineData("--announce-interval", "4s", "BTR-1003")]
    [InlineData("--announce-interval", "soon", "BTR-1003")]
    public void Options_have_their_limits(string option, string value, string? code) => Assert.Equal(code, Read(option, value).Refusal?.Error.Code);

    [Fact]
    public void Test_money_is_an_address_and_usdc()
    {
        FundRequest request = Assert.Single(Read("--fund", $"{Account}=1.5").Value.Fund);
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
        Assert.Equal(code, Read("--fund", $"{Account}=1", "--fund", text).Refusal?.Error.Code);

    [Fact]
    public void A_file_of_agents_must_be_there_only_when_it_was_named()
    {
        Assert.Empty(Read().Value.Agents);
        Assert.Equal("BTR-1010", Read("--agents", "/nonexistent/agents.yaml").Refusal?.Error.Code);
    }

    [Fact]
    public void The_folders_own_file_is_read()
    {
        _temp.File("agents.yaml", "agents: [{ name: echo, executor: { builtin: echo } }]");

        Assert.Equal("echo", Assert.Single(Read().Value.Agents).Name);
    }

    [Fact]
    public void A_handler_of_another_program_is_refused()
    {
        _temp.File("agents.yaml", "agents: [{ name: mine, executor: { dotnet: summarise } }]");
        Assert.Equal("BTR-1013", Read().Refusal?.Error.Code);
    }

    [Fact]
    public void The_originals_options_declare_one_more_agent()
    {
        _temp.File("agents.yaml", "agents: [{ name: echo, executor: { builtin: echo } }]");
        _environment["OPENAI_API_KEY"] = "x";
        SellerOptions options = Read("--name", "writer", "-d", "writes", "-r", "0.5").Value;

        Assert.Equal(("writer", "writes", "500000", "llm"), (options.Agents[1].Name, options.Agents[1].Description, options.Agents[1].Price.ToString(), options.Agents[1].Executor.Kind));
        Assert.Equal("BTR-1012", Read("--name", "echo").Refusal?.Error.Code);
        Assert.Equal("BTR-1014", Read("--name", "cheap", "--price", "x").Refusal?.Error.Code);
    }

    [Fact]
    public void What_nobody_says_is_one_silo_and_a_float_of_a_hundred()
    {
        SellerOptions options = Read().Value;
        Assert.Equal((1, 1, (AtomicAmount)100_000_000, "devnet"), (options.Silos, options.Settlers, options.RefundFloat, options.Network.Name));
        Assert.Equal("/ip4/127.0.0.1/tcp/0", Assert.Single(options.Listen).ToString());
        Assert.True(options.Finding is { Mdns: true, MdnsService: "betar-mdns", Exchange: true, Remembered: true, Recommended: false, Bootstrap.Count: 0 });
        Assert.Empty(options.Fund);
        Assert.Empty(options.Warnings);
    }

    [Theory]
    [InlineData(null, "https://file.example/")]
    [InlineData("https://flag.example/", "https://flag.example/")]
    public void The_files_facilitator_counts_where_no_flag_names_one(string? flag, string expected)
    {
        _temp.File("agents.yaml", "facilitator: https://file.example/\n");
        Assert.Equal(expected, (flag is null ? Read() : Read("--facilitator", flag)).Value.Facilitator!.AbsoluteUri);
    }

    /// <summary>What is wrong in a file is said, also where nothing would come of it.</summary>
    [Fact]
    public void A_flag_does_not_hide_the_files_fault()
    {
        _temp.File("agents.yaml", "facilitator: nowhere\n");
        Assert.Equal("BTR-1012", Read("--facilitator", "https://flag.example/").Refusal?.Error.Code);
    }

    [Fact]
    public void Every_fault_of_every_source_is_told_at_once()
    {
        _temp.File("agents.yaml", "agents: [ { name: a, price: much, executor: { builtin: echo } } ]\n");
        _temp.File("config.yaml", "silos: 99\n");
        _environment["FACILITATOR_URL"] = "nowhere";
        CliRefusal refusal = Read("--settlers", "0").Refusal!;

        Assert.Equal("BTR-1012", refusal.Error.Code);
        Assert.Contains("4 faults", refusal.Sentence, StringComparison.Ordinal);
        Assert.All(["config.yaml, line 1, column 8: silos 99", "FACILITATOR_URL nowhere", "--settlers 0", "agents.yaml, line 1, column 29: price"],
            part => Assert.Contains(part, refusal.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_of_the_chain_means_the_originals_chain_unless_a_network_is_named()
    {
        _environment["ETHEREUM_RPC_URL"] = "https://rpc.example/";
        Assert.Equal(("base-sepolia", "https://rpc.example/"), (Read().Value.Network.Name, Read().Value.Network.RpcUrls[0].AbsoluteUri));
        Assert.Equal(("devnet", 0), (Read("--network", "devnet").Value.Network.Name, Read("--network", "devnet").Value.Network.RpcUrls.Count));
        Assert.Equal("https://rpc.example/", Read("--network", "sepolia").Value.Network.RpcUrls[0].AbsoluteUri);
    }

    [Fact]
    public void What_does_nothing_is_taken_and_said()
    {
        _environment["P2P_ENABLE_RELAY"] = "false";
        Assert.Equal(2, Read("--announce-interval", "30s").Value.Warnings.Count(warning => warning.Contains("does nothing", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_from_the_command_line_is_found_by_the_agents_and_is_in_none_of_them()
    {
        _temp.File("agents.yaml", "agents: [ { name: a } ]\n");
        SellerOptions options = Read("--openai-api-key", "hush").Value;

        Assert.DoesNotContain("hush", options.Agents[0].Executor.Settings, StringComparison.Ordinal);
        Assert.Equal("hush", options.Source!.Secrets.Find("keystore:node/openai_api_key"));
    }

    [Fact]
    public void Http_is_answered_where_the_strongest_word_says()
    {
        Assert.Equal("127.0.0.1:8424", Http());
        _temp.File("config.yaml", "http: 127.0.0.1:1\n");
        Assert.Equal("127.0.0.1:1", Http());
        _environment["BETAR_API_PORT"] = "2";
        Assert.Equal("127.0.0.1:2", Http());
        Assert.Equal("none", Http("--http", "none"));
        Assert.Equal("127.0.0.1:3", Http("--api-port", "3"));

        string Http(params string[] words) => UpOptions.HttpOf(NodeSettings.Load(_temp.Data, _environment.GetValueOrDefault, UpArguments.Given(Parse(words))));
    }

    [Fact]
    public async Task Registration_on_a_chain_is_refused_and_never_passed_over() =>
        (await CliRun.RunAsync("start", "--data", _temp.Path, "--name", "a", "--on-chain")).AssertRefused("BTR-1022", 2);

    [Theory]
    [InlineData("--price")]
    [InlineData("--description")]
    public async Task An_option_of_no_agent_is_refused(string option) =>
        (await CliRun.RunAsync("node", "--data", _temp.Path, option, "1")).AssertRefused("BTR-1004", 2);

    private Checked<SellerOptions> Read(params string[] words)
    {
        System.CommandLine.ParseResult parsed = Parse(words);
        EnvironmentVariables environment = name => _environment.GetValueOrDefault(name);
        return UpOptions.Read(_temp.Data, environment, NodeSettings.Load(_temp.Data, environment, UpArguments.Given(parsed)), UpArguments.Agent(parsed));
    }

    private static System.CommandLine.ParseResult Parse(string[] words)
    {
        var command = new System.CommandLine.Command("up") { UpArguments.Name, UpArguments.Description, UpArguments.Price };
        UpArguments.AddTo(command);
        System.CommandLine.ParseResult parsed = command.Parse(words);
        Assert.Empty(parsed.Errors);
        return parsed;
    }
}
