using Betar.Node.Configuration.Settings;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Configuration.Settings;

public sealed class NodeSettingsTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _options = [];

    public void Dispose() => _temp.Dispose();

    private NodeSettings Settings => NodeSettings.Load(_temp.Data, _environment.GetValueOrDefault, _options);

    [Fact]
    public void Each_source_stands_above_the_one_before_it()
    {
        AssertValue("1", SettingOrigin.Default, "");
        string file = _temp.File("config.yaml", "# mine\nsilos: 2\n");
        AssertValue("2", SettingOrigin.File, $"{file}, line 2, column 8: silos");
        _environment["BETAR_SILOS"] = "3";
        AssertValue("3", SettingOrigin.Environment, "BETAR_SILOS");
        _options["silos"] = ["4"];
        AssertValue("4", SettingOrigin.Option, "--silos");
    }

    [Fact]
    public void The_originals_file_is_taken_as_it_is()
    {
        _temp.File("config.yaml", "rpc_url: https://sepolia.base.org\np2p_port: 4001\nbootstrap_peers:\n  - /ip4/192.0.2.1/tcp/4001/p2p/12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB\n");
        Assert.Null(Settings.Fault);
        Assert.Equal(("https://sepolia.base.org", "4001", 1), (Settings.Text(NodeSetting.RpcUrl), Settings.Text(NodeSetting.Port), Settings[NodeSetting.Bootstrap].Texts.Count));
    }

    /// <summary>§7.5 of what is known of the original: every name.</summary>
    [Theory]
    [InlineData("BETAR_DATA_DIR", "data_dir")]
    [InlineData("BETAR_P2P_KEY_PATH", "p2p_key_path")]
    [InlineData("BETAR_WALLET_KEY_PATH", "wallet_key_path")]
    [InlineData("BOOTSTRAP_PEERS", "bootstrap_peers")]
    [InlineData("P2P_ENABLE_RELAY", "p2p_enable_relay")]
    [InlineData("ETHEREUM_RPC_URL", "rpc_url")]
    [InlineData("ETHEREUM_PRIVATE_KEY", "wallet_key")]
    [InlineData("FACILITATOR_URL", "facilitator")]
    [InlineData("ERC8004_IDENTITY_ADDR", "erc8004_identity")]
    [InlineData("REPUTATION_REGISTRY_ADDRESS", "erc8004_reputation")]
    [InlineData("VALIDATION_REGISTRY_ADDRESS", "erc8004_validation")]
    [InlineData("AGENT_REGISTRY_ADDRESS", "agent_registry")]
    [InlineData("PAYMENT_VAULT_ADDRESS", "payment_vault")]
    [InlineData("GOOGLE_API_KEY", "google_api_key")]
    [InlineData("GOOGLE_MODEL", "google_model")]
    [InlineData("LLM_PROVIDER", "provider")]
    [InlineData("OPENAI_API_KEY", "openai_api_key")]
    [InlineData("OPENAI_BASE_URL", "openai_base_url")]
    [InlineData("IPFS_API_URL", "ipfs_api_url")]
    public void Every_variable_of_the_original_is_known(string variable, string name)
    {
        _environment[variable] = "x";
        SettingValue value = Settings.All.Single(setting => setting.Setting.Name == name);
        Assert.Equal(("x", SettingOrigin.Environment, variable), (value.Texts[0], value.Origin, value.Place));
    }

    [Fact]
    public void Our_name_stands_above_the_originals()
    {
        _environment["ETHEREUM_RPC_URL"] = "https://old.example";
        _environment["BETAR_RPC_URL"] = "https://new.example";
        Assert.Equal("https://new.example", Settings.Text(NodeSetting.RpcUrl));
    }

    [Fact]
    public void A_list_has_commas_in_a_variable_and_in_an_option_and_may_have_them_in_the_file()
    {
        _environment["BETAR_LISTEN"] = "/ip4/127.0.0.1/tcp/1, /ip4/127.0.0.1/tcp/2";
        Assert.Equal(2, Settings[NodeSetting.Listen].Texts.Count);
        _options["listen"] = ["/ip4/127.0.0.1/tcp/1,/ip4/127.0.0.1/tcp/2", "/ip4/127.0.0.1/tcp/3"];
        Assert.Equal(3, Settings[NodeSetting.Listen].Texts.Count);
        _temp.File("config.yaml", "bootstrap_peers: 'a, b'\n");
        Assert.Equal(["a", "b"], Settings[NodeSetting.Bootstrap].Texts);
    }

    [Fact]
    public void An_empty_variable_says_nothing()
    {
        _environment["BETAR_SILOS"] = "";
        AssertValue("1", SettingOrigin.Default, "");
    }

    [Theory]
    [InlineData("p2p_port: nine", "BTR-1003")]
    [InlineData("p2p_port: [4001]", "BTR-1012")]
    [InlineData("bootstrap_peers: { a: b }", "BTR-1012")]
    [InlineData("p2p_prot: 4001", "BTR-1012")]
    [InlineData("openai_api_key: sk-clear", "BTR-1012")]
    [InlineData("- a", "BTR-1012")]
    [InlineData("a: [", "BTR-1011")]
    public void A_file_that_is_wrong_is_never_passed_over(string yaml, string code)
    {
        _temp.File("config.yaml", yaml + "\n");
        Assert.Equal(code, Settings.Fault?.Error.Code);
        Assert.Contains("config.yaml", Settings.Fault!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("silos:\n")]
    public void A_file_may_say_nothing(string yaml)
    {
        _temp.File("config.yaml", yaml);
        Assert.Null(Settings.Fault);
        AssertValue("1", SettingOrigin.Default, "");
    }

    [Theory]
    [InlineData("ERC8004_IDENTITY_ADDR", "me", "BTR-1015")]
    [InlineData("BETAR_MDNS", "perhaps", "BTR-1003")]
    [InlineData("BETAR_SILOS", "17", "BTR-1003")]
    public void A_variable_that_is_wrong_is_named(string variable, string value, string code)
    {
        _environment[variable] = value;
        Assert.Equal(code, Settings.Fault?.Error.Code);
        Assert.Contains(variable, Settings.Fault!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void No_setting_is_there_twice_and_no_option_or_variable_means_two()
    {
        Assert.Equal(NodeSetting.All.Count, NodeSetting.All.Select(setting => setting.Name).Distinct().Count());
        string[] ways = [.. NodeSetting.All.SelectMany(setting => setting.Variables).Concat(NodeSetting.All.Select(setting => setting.Option).OfType<string>())];
        Assert.Equal(ways.Length, ways.Distinct().Count());
    }

    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("500ms", 500)]
    [InlineData("5m", 300_000)]
    [InlineData("", null)]
    [InlineData("30", null)]
    [InlineData("-30s", null)]
    [InlineData("30 s", null)]
    [InlineData("1s1m", null)]
    [InlineData("9999999h", null)]
    public void Times_are_written_as_the_original_does(string text, int? milliseconds)
    {
        Assert.Equal(milliseconds is not null, Durations.TryParse(text, out TimeSpan time));
        if (milliseconds is { } expected)
            Assert.Equal(TimeSpan.FromMilliseconds(expected), time);
    }

    private void AssertValue(string text, SettingOrigin origin, string place)
    {
        SettingValue silos = Settings[NodeSetting.Silos];
        Assert.Equal((text, origin, place), (Assert.Single(silos.Texts), silos.Origin, silos.Place));
    }
}
