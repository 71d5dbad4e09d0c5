using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Betar.Ethereum;
using Betar.Tests.Shared;

namespace Betar.Contracts.Tests.Support;

/// <summary>
/// An anvil of the tests' own on a port that the system gives. Its clock moves one second a block and otherwise when told, gas is free:
/// every run sees the same times and the same amounts.
/// </summary>
public sealed partial class Anvil : IAsyncLifetime
{
    internal const ulong ChainId = 31337;
    internal const ulong Genesis = 1_900_000_000;

    // The shell ends anvil when its own input ends, which is also when this process dies.
    private const string Guard = "\"$0\" \"$@\" & child=$!; read -r _; kill $child; wait $child";

    private readonly HttpClient http = new();
    private readonly SemaphoreSlim one = new(1, 1);
    private Process? process;
    private Uri? endpoint;
    private string clean = "";
    private int cases;
    private int transactions;

    internal IChainClient Chain { get; private set; } = null!;

    internal World World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
                 {
                     "-c", Guard, Places.Anvil, "--host", "127.0.0.1", "--port", "0", "--timestamp", $"{Genesis}", "--accounts", "0", "--hardfork", "cancun",
                     "--block-base-fee-per-gas", "0", "--gas-price", "0", "--no-mining",
                 })
            start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        var said = new System.Text.StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                endpoint = new Uri("http://" + match.Groups[1].Value);
                break;
            }
        }

        Assert.True(endpoint is not null, $"anvil did not start: {said}{(endpoint is null ? await process.StandardError.ReadToEndAsync() : "")}");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        Chain = new JsonRpcChainClient(http, endpoint!, new JsonRpcOptions { CallTimeout = TimeSpan.FromMinutes(1) });
        await RequestAsync("anvil_setBlockTimestampInterval", 1);
        World = await World.DeployAsync(this);
        clean = await SnapshotAsync();
    }

    internal Task BeginCaseAsync()
    {
        cases++;
        return ResetAsync();
    }

    /// <summary>The state right after the deployments, whatever tests did meanwhile.</summary>
    internal async Task ResetAsync()
    {
        await RevertAsync(clean);
        // What no snapshot holds: the pool, and the fee of the next block.
        await RequestAsync("anvil_dropAllTransactions");
        await RequestAsync("anvil_setNextBlockBaseFeePerGas", "0x0");
        clean = await SnapshotAsync();
    }

    internal async Task<string> SnapshotAsync() => (await RequestAsync("evm_snapshot"))!.GetValue<string>();

    internal async Task RevertAsync(string snapshot) => Assert.True((await RequestAsync("evm_revert", snapshot))!.GetValue<bool>());

    /// <summary>The time that the next transaction will see.</summary>
    internal async Task<ulong> NextTimeAsync() => await Chain.GetBlockTimestampAsync(default) + 1;

    /// <summary>The next transaction, and calls about the pending block, will see this time.</summary>
    internal async Task WarpAsync(ulong time)
    {
        await RequestAsync("evm_setNextBlockTimestamp", time - 1);
        await RequestAsync("evm_mine");
    }

    /// <summary>Sends, makes a block of it, and answers the receipt.</summary>
    internal async Task<TransactionReceipt> IncludeAsync(SignedTransaction transaction)
    {
        transactions++;
        var sent = await Chain.SendRawTransactionAsync(transaction.Raw, default);
        Assert.True(sent.IsValue, sent.Describe());
        Assert.Equal(transaction.Hash, sent.Value);
        await RequestAsync("evm_mine");
        return await Chain.GetReceiptAsync(transaction.Hash, default) ?? throw new InvalidOperationException("The block does not hold the transaction.");
    }

    internal async Task<JsonNode?> RequestAsync(string method, params object[] parameters)
    {
        await one.WaitAsync();
        try
        {
            using var response = await http.PostAsJsonAsync(endpoint, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
            var reply = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.True(reply["error"] is null, $"{method}: {reply["error"]?.ToJsonString()}");
            return reply["result"];
        }
        finally
        {
            one.Release();
        }
    }

    public async Task DisposeAsync()
    {
        if (process is null)
            return;
        if (endpoint is not null)
            TestNotes.Add($"contracts: {await RequestAsync("web3_clientVersion")}, {cases} cases, {transactions} transactions");
        http.Dispose();
        one.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex("^Listening on (\\S+)$")]
    private static partial Regex Listening();
}
