using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>Our facilitator on anvil with a block every two seconds, as on Base, and more callers than a block has room for.</summary>
internal static class AnvilFigures
{
    public const string Part = "anvil";

    private const int Callers = 1_000;
    private const int BlockSeconds = 2;
    private const int Settlements = 4_000;

    public static async Task AddAsync(BenchContext context)
    {
        using var payer = PrivateKey.Generate();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("betar-bench-");
        context.Say("starting anvil and the facilitator");
        using Process chain = Start(folder, Address.FromKey(payer));
        try
        {
            string line = await chain.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Anvil did not start.");
            await MeasureAsync(context, JsonNode.Parse(line)!, payer);
        }
        finally
        {
            using (Process kill = Process.Start("kill", ["-TERM", chain.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await chain.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(BenchContext context, JsonNode anvil, PrivateKey payer)
    {
        if (!NetworkCatalog.BuiltIn.TryFind("anvil", out ChainNetwork? network))
            throw new InvalidOperationException("The catalogue has no anvil.");
        var asset = new PaymentAsset(new NetworkId(network.ChainId), Address.Parse((string)anvil["token"]!), network.DomainName, network.DomainVersion);
        var url = new Uri((string)anvil["url"]!);
        using var http = new HttpClient();
        await AskAsync(http, url, "evm_setIntervalMining", BlockSeconds);
        await using FacilitatorPeer ours = await FacilitatorPeer.StartOursAsync(url, asset, Callers);
        byte[][] bodies = await new PaymentBodies(asset, payer).MakeAsync(context.Repetitions(Settlements, 1_500));

        context.Say($"/settle of {bodies.Length} payments, {Callers} callers");
        long first = Number(await AskAsync(http, url, "eth_blockNumber")) + 1;
        FacilitatorRun run = await ours.RunAsync("settle", bodies, Answers.Settled);
        long last = Number(await AskAsync(http, url, "eth_blockNumber"));
        List<(double Payments, double Capacity)> blocks = [];
        for (long number = first; number <= last; number++)
        {
            JsonNode block = await AskAsync(http, url, "eth_getBlockByNumber", $"0x{number:x}", false);
            int payments = block["transactions"]!.AsArray().Count;
            if (payments > 0)
                blocks.Add((payments, Number(block["gasLimit"]!) / ((double)Number(block["gasUsed"]!) / payments)));
        }

        // The first and the last are filled as long as the run began before them and ended in them.
        (double Payments, double Capacity)[] whole = blocks.Count > 2 ? [.. blocks.Skip(1).SkipLast(1)] : [.. blocks];
        string note = $"{bodies.Length} payments, a block every {BlockSeconds} s, {Callers} callers, one account; blocks without the first and the last";
        context.Add(
            "anvil.settled-per-block", "payments", [.. whole.Select(block => block.Payments)],
            baseline: new Baseline("the block's gas over a payment's", Figure.Median([.. whole.Select(block => block.Capacity)])), note: note);
        context.Add("anvil.settle", "1/s", [run.PerSecond], note: note);
    }

    private static Process Start(DirectoryInfo folder, Address payer) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Betar.Node"))
        {
            ArgumentList = { "chain", "up", "--data", folder.FullName, "--json", "--fund", payer.ToString() }, RedirectStandardOutput = true,
        })!;

    private static async Task<JsonNode> AskAsync(HttpClient http, Uri url, string method, params object[] parameters)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        JsonNode answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        return answer["error"] is null ? answer["result"] ?? JsonValue.Create(false) : throw new InvalidOperationException($"{method}: {answer["error"]}");
    }

    private static long Number(JsonNode quantity) => long.Parse(((string)quantity!)[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
