using Betar.Ethereum.Networks;
using Betar.Node.Configuration;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Configuration;

public sealed class NetworksFileTests
{
    [Theory]
    [InlineData("devnet", "devnet")]
    [InlineData("anvil", "anvil")]
    [InlineData("base-sepolia", "base-sepolia")]
    [InlineData("eip155:84532", "base-sepolia")]
    public void Test_chains_that_come_with_the_program_need_no_file(string asked, string name)
    {
        using var temp = new TempFolder();
        Assert.Equal(name, NetworksFile.Find(temp.Data, asked).Value.Name);
    }

    [Theory]
    [InlineData("Devnet")]
    [InlineData("")]
    [InlineData("mainnet")]
    [InlineData("eip155:1234567")]
    public void A_network_that_nobody_knows_is_refused_with_those_that_are_known(string asked)
    {
        using var temp = new TempFolder();
        CliRefusal refusal = NetworksFile.Find(temp.Data, asked).Refusal!;
        Assert.Equal("BTR-1016", refusal.Error.Code);
        Assert.Contains("devnet", refusal.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("eip155:8453")]
    [InlineData("ethereum")]
    [InlineData("polygon")]
    public void Real_money_is_refused(string asked)
    {
        using var temp = new TempFolder();
        CliRefusal refusal = NetworksFile.Find(temp.Data, asked).Refusal!;
        Assert.Equal("BTR-1016", refusal.Error.Code);
        Assert.Contains("real money", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folders_file_changes_what_is_known()
    {
        using var temp = new TempFolder();
        temp.File("networks.json", """{ "networks": { "sepolia": { "confirmations": 7, "rpc": ["http://127.0.0.1:9/"] } } }""");
        ChainNetwork network = NetworksFile.Find(temp.Data, "sepolia").Value;
        Assert.Equal((7, "http://127.0.0.1:9/"), (network.Confirmations, Assert.Single(network.RpcUrls).ToString()));
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("""{ "networks": { "devnet": { "chainId": 5 } } }""", "devnet")]
    public async Task A_file_with_faults_stops_the_start(string json, string said)
    {
        using var temp = new TempFolder();
        temp.File("networks.json", json);
        CliRun run = await CliRun.RunAsync("up", "--data", temp.Path);
        run.AssertRefused("BTR-1012", 2);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "domain": { "name": "USD Coin", "version": "2" } }""", "BTR-5002", "network_token_name_mismatch")]
    [InlineData("""{ "domain": { "name": "USDC", "version": "1" } }""", "BTR-5002", "network_token_version_mismatch")]
    [InlineData("""{ "usdc": "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1" }""", "BTR-5002", "network_token_not_deployed")]
    [InlineData("""{ "decimals": 18 }""", "BTR-1016", "18 decimals")]
    public async Task A_chain_that_is_not_what_it_is_configured_as_is_refused_at_the_start(string devnet, string code, string said)
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        temp.File("networks.json", $$"""{ "networks": { "devnet": {{devnet}} } }""");
        CliRun run = await CliRun.RunAsync("up", "--data", temp.Path);
        run.AssertRefused(code, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_serves_another_id_is_refused_at_the_start()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        var url = DevnetInfo.Read(temp.Data)!.Url;
        temp.File("networks.json", $$"""{ "networks": { "sepolia": { "rpc": ["{{url}}"] } } }""");
        CliRun run = await CliRun.RunAsync("up", "--network", "sepolia", "--data", temp.Path);
        run.AssertRefused("BTR-5002", 1);
        Assert.Contains("network_chain_id_mismatch", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_without_a_node_and_one_that_does_not_answer_are_refused_at_the_start()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("up", "--network", "sepolia", "--data", temp.Path)).AssertRefused("BTR-1016", 2);
        temp.File("networks.json", """{ "networks": { "sepolia": { "rpc": ["http://127.0.0.1:1/secret-key"] } } }""");
        CliRun run = await CliRun.RunAsync("up", "--network", "sepolia", "--data", temp.Path);
        run.AssertRefused("BTR-5001", 1);
        Assert.DoesNotContain("secret-key", run.Error, StringComparison.Ordinal);
    }
}
