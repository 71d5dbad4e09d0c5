using System.Text.Json.Nodes;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Receipts;

/// <summary>A receipt of a demo: shown, compared with the chain, and changed in each of its parts.</summary>
public sealed class ReceiptTests : IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private RunningDevnet? chain;
    private string receipt = "";

    public async Task InitializeAsync()
    {
        chain = await RunningDevnet.StartAsync(temp);
        receipt = (await NodeProgram.RunAsync("demo", "--once", "--json", "--data", temp.Path)).Out;
    }

    public Task DisposeAsync()
    {
        chain?.Dispose();
        temp.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_chain_has_it()
    {
        CliRun shown = await CliRun.RunAsync("receipt", "show", temp.File("r.json", receipt), "--data", temp.Path);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Matches("^0.0025 USDC from 0x[0-9a-fA-F]{40} to 0x[0-9a-fA-F]{40} on eip155:84532\n", shown.Out);

        CliRun verified = await CliRun.RunAsync("receipt", "verify", temp.File("r.json", receipt), "--json", "--data", temp.Path);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.True(verified.Json().GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Each_part_that_was_changed_is_found()
    {
        const string Other = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";
        await RefusedAsync(r => r["amount"] = "2499", "BTR-2024", "is not the transfer of 2499 units");
        await RefusedAsync(r => r["payTo"] = Other, "BTR-2024", "is not the transfer");
        await RefusedAsync(r => r["transaction"] = "0x" + new string('1', 64), "BTR-2024", "does not have transaction");
        await RefusedAsync(r => r["transaction"] = "", "BTR-2024", "names no transaction");
        await RefusedAsync(r => r["payment"] = Change(r, 3, "0x" + new string('2', 64)), "BTR-2024", "is not the transfer");
        await RefusedAsync(r => r["payment"] = Change(r, 2, Other.ToLowerInvariant()), "BTR-2024", "is not the transfer");
        await RefusedAsync(r => r["payment"] = Change(r, 1, Other.ToLowerInvariant()), "BTR-2024", "not the USDC of devnet");
        await RefusedAsync(r => r["payment"] = Change(r, 0, "eip155:1234567"), "BTR-1016", "not known");
        await RefusedAsync(r => r["payment"] = "x", "BTR-2024", "names no payment");
        await RefusedAsync(r => r["amount"] = "-1", "BTR-2024", "names no amount");
        await RefusedAsync(r => r["payTo"] = "0x12", "BTR-2024", "names no payee");
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "names no payment")]
    [InlineData("null", "names no payment")]
    public async Task What_is_no_receipt_is_refused(string content, string said)
    {
        CliRun run = await CliRun.RunAsync("receipt", "show", temp.File("r.json", content), "--data", temp.Path);
        run.AssertRefused("BTR-2024", 1);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        (await CliRun.RunAsync("receipt", "show", Path.Combine(temp.Path, "absent"), "--data", temp.Path)).AssertRefused("BTR-2012", 1);
    }

    private async Task RefusedAsync(Action<JsonObject> change, string code, string said)
    {
        JsonNode root = JsonNode.Parse(receipt)!;
        change(root["receipt"]!.AsObject());
        CliRun run = await CliRun.RunAsync("receipt", "verify", temp.File("r.json", root.ToJsonString()), "--data", temp.Path);
        run.AssertRefused(code, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private static string Change(JsonObject receipt, int part, string to)
    {
        string[] parts = receipt["payment"]!.GetValue<string>().Split('/');
        parts[part] = to;
        return string.Join('/', parts);
    }
}
