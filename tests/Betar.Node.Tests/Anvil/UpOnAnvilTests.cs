using System.Net.Sockets;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Anvil;

/// <summary><c>betar up --network anvil</c>: a fleet that is paid on a real EVM.</summary>
public sealed class UpOnAnvilTests
{
    private const string Agents = "agents:\n  - name: math\n    price: 0.001\n    executor: { builtin: math }\n";

    [Fact]
    public async Task It_starts_its_own_sells_and_ends_it()
    {
        using var temp = new TempFolder();
        temp.File("agents.yaml", Agents);
        await using var buyer = new CrashBuyer();
        await using RunningNode node = await RunningNode.StartAsync(
            temp.Path, (string?)null, 0, "--network", "anvil", "--fund", $"{buyer.Address}=1");
        DevnetInfo anvil = DevnetInfo.ReadAnvil(temp.Data)!;
        await buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2", anvil);

        X402Response sold = Assert.IsType<X402Response>(await buyer.PayToTheEndAsync(node.Address));

        Assert.Equal("4", OutputBody.Decode(sold.Body.Span));
        using (var http = new HttpClient())
        {
            JsonRpcChainClient client = AnvilNode.Client(http, anvil.Url, TimeProvider.System);
            Assert.True((await client.GetReceiptAsync(Hash32.Parse(sold.TxHash), default))!.Succeeded);
            Assert.Equal((UInt256)999_000, (await new Eip3009Token(client, anvil.Token).BalanceOfAsync(buyer.Address, default)).Value);
        }

        await node.StopAsync();
        Assert.False(File.Exists(temp.Data.AnvilInfo));
        using var line = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => line.ConnectAsync(anvil.Url.Host, anvil.Url.Port));
    }

    [Fact]
    public async Task It_joins_one_that_runs_and_leaves_it_alone()
    {
        using var temp = new TempFolder();
        temp.File("agents.yaml", Agents);
        using var chain = NodeProgram.Start("chain", "up", "--json", "--data", temp.Path);
        DevnetInfo anvil = DevnetInfo.TryParse((await chain.ReadLineAsync())!)!;
        await using (RunningNode node = await RunningNode.StartAsync(temp.Path, (string?)null, 0, "--network", "anvil"))
            await node.StopAsync();

        Assert.Equal(anvil, DevnetInfo.ReadAnvil(temp.Data));
        Assert.True(await anvil.AnswersAsync(default));
    }

    [Fact]
    public async Task A_file_that_names_a_chain_which_is_gone_is_replaced()
    {
        using var temp = new TempFolder();
        temp.File("agents.yaml", Agents);
        (new DevnetInfo(new Uri("http://127.0.0.1:1/"), AnvilProcess.ChainId, AnvilContracts.Token, Environment.ProcessId)).Publish(temp.Data.AnvilInfo);
        await using RunningNode node = await RunningNode.StartAsync(temp.Path, (string?)null, 0, "--network", "anvil");

        Assert.NotEqual(1, DevnetInfo.ReadAnvil(temp.Data)!.Url.Port);
        await node.StopAsync();
    }
}
