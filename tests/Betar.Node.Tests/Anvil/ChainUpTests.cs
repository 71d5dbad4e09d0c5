using System.Net.Sockets;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.X402.Eip712;

namespace Betar.Node.Tests.Anvil;

/// <summary><c>betar chain up</c> as the process that others meet, with a real anvil.</summary>
public sealed class ChainUpTests
{
    private const string Given = "0x40D6B846c1A945d2dfde794666F3B948FAF126B1";

    /// <summary>The first of anvil's own accounts.</summary>
    private const string Own = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    [Fact]
    public async Task It_brings_the_contracts_and_money_says_where_and_ends_cleanly()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "up", "--data", temp.Path, "--json", "--fund", Given);
        var info = await InfoAsync(program);
        Assert.Equal((AnvilProcess.ChainId, program.Id), (info.ChainId, info.ProcessId));
        Assert.Equal(info, DevnetInfo.ReadAnvil(temp.Data));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temp.Data.AnvilInfo));

        using (var http = new HttpClient())
        {
            var chain = new JsonRpcChainClient(http, info.Url);
            var token = new Eip3009Token(chain, info.Token);
            Assert.Equal(new Eip712Domain("USDC", "2", info.ChainId, info.Token).Separator, (await token.DomainSeparatorAsync(default)).Value);
            Assert.Equal((UInt256)AnvilContracts.Gift, (await token.BalanceOfAsync(Address.Parse(Given), default)).Value);
            Assert.Equal((UInt256)AnvilContracts.Gift, (await token.BalanceOfAsync(Address.Parse(Own), default)).Value);
            var vault = ContractArtifact.Load("PaymentVault").Abi.Function("token");
            var answer = await chain.CallAsync(new CallRequest(info.Vault!.Value, vault.Encode()), default);
            Assert.True(vault.TryDecodeResult(answer.Value, out var values));
            Assert.Equal(info.Token, values[0]);
            Assert.Equal(UInt256.Zero, await chain.GetGasPriceAsync(default));
        }

        await program.SignalAsync("TERM");
        var end = await program.EndAsync();
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.False(File.Exists(temp.Data.AnvilInfo));
        await AssertGoneAsync(info.Url);
    }

    [Fact]
    public async Task Every_chain_has_the_contracts_at_the_same_places()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "up", "--data", temp.Path, "--json");
        var info = await InfoAsync(program);

        Assert.Equal(("0x97D692d5e8EBf751b3ED60b7FDf2b544FE73542e", "0x3BF7148ae0e9eFF2e9067D5f77719367B816Ae9B"), (info.Token.ToString(), info.Vault.ToString()));
    }

    [Fact]
    public async Task Killed_it_takes_its_anvil_along()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "up", "--data", temp.Path, "--json");
        var info = await InfoAsync(program);
        using var line = new TcpClient();
        await line.ConnectAsync(info.Url.Host, info.Url.Port);
        await program.SignalAsync("KILL");

        // The connection ends when anvil does, in order or not: it may not have taken it yet.
        var end = await Record.ExceptionAsync(() => line.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(end is null or IOException, end?.ToString());
        await program.EndAsync();
        Assert.Null(DevnetInfo.ReadAnvil(temp.Data));
    }

    [Fact]
    public async Task One_folder_has_one_anvil()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "up", "--data", temp.Path, "--json");
        await InfoAsync(program);
        var second = await NodeProgram.RunAsync("chain", "up", "--data", temp.Path);

        second.AssertRefused("BTR-2002", second.ExitCode);
        Assert.NotNull(DevnetInfo.ReadAnvil(temp.Data));
    }

    [Theory]
    [InlineData("BTR-2014", "--anvil", "/nowhere/anvil")]
    [InlineData("BTR-1003", "--listen", "192.0.2.1:8545")]
    [InlineData("BTR-1003", "--fund", "0x40D6")]
    [InlineData("BTR-1003", "--fund", "0x0000000000000000000000000000000000000000")]
    public async Task What_cannot_be_is_refused(string code, string option, string value)
    {
        using var temp = new TempFolder();
        var run = await CliRun.RunAsync("chain", "up", "--data", temp.Path, option, value);

        run.AssertRefused(code, run.ExitCode);
        Assert.Contains(option == "--anvil" ? "eng/tools" : value, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anvil_that_does_not_start_is_quoted()
    {
        using var temp = new TempFolder();
        var run = await CliRun.RunAsync("chain", "up", "--data", temp.Path, "--anvil", Script(temp, "echo 'error: no room' >&2; exit 3"));

        run.AssertRefused("BTR-2014", run.ExitCode);
        Assert.Contains("anvil did not start: error: no room", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anvil_that_takes_no_contracts_is_ended()
    {
        using var temp = new TempFolder();
        var run = await CliRun.RunAsync("chain", "up", "--data", temp.Path, "--anvil", Script(temp, "echo 'Listening on 127.0.0.1:1'; exec sleep 600"));

        run.AssertRefused("BTR-5002", run.ExitCode);
        Assert.Contains("http://127.0.0.1:1/", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(temp.Data.AnvilInfo));
    }

    private static async Task<DevnetInfo> InfoAsync(NodeProgram program)
    {
        var line = await program.ReadLineAsync();
        Assert.True(line is not null, line is null ? (await program.EndAsync()).Error : "");
        return DevnetInfo.TryParse(line!) ?? throw new JsonException(line);
    }

    private static async Task AssertGoneAsync(Uri url)
    {
        using var line = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => line.ConnectAsync(url.Host, url.Port));
    }

    private static string Script(TempFolder temp, string body)
    {
        var path = Path.Combine(temp.Path, "anvil");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
