using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.X402;

namespace Betar.Node.Http.Operations;

/// <summary>Work that is asked for on the original's routes. Who has no token pays within the cap, whatever the seller demands.</summary>
internal sealed class CappedWork(NodeOperations operations, SpendCap cap)
{
    public async Task<Checked<JsonElement>> ExecuteAsync(string agentId, string task, ApiRequest request)
    {
        if (!request.Caller.IsCapped)
            return await CallAsync(agentId, task, null, request.Aborted);
        Checked<AtomicAmount> price = await PriceAsync(agentId, request.Aborted);
        if (!price.IsOk)
            return price.Refusal;
        Checked<AtomicAmount> held = cap.Hold(price.Value);
        if (!held.IsOk)
            return held.Refusal;
        AtomicAmount spent = held.Value;
        try
        {
            Checked<JsonElement> done = await CallAsync(agentId, task, held.Value, request.Aborted);

            // Where nothing is said of what it cost, it may have cost all of it.
            if (done.IsOk && done.Value.TryGetProperty("amount", out JsonElement amount) && AtomicAmount.TryParse(amount.GetString() is { Length: > 0 } text ? text : "0", out AtomicAmount paid) && paid <= held.Value)
                spent = paid;
            return done;
        }
        finally
        {
            cap.GiveBack(held.Value - spent);
        }
    }

    private async Task<Checked<AtomicAmount>> PriceAsync(string agentId, CancellationToken cancellation)
    {
        Checked<JsonElement> quote = await operations.CallAsync("market.quote", writer => writer.WriteString("agentId", agentId), cancellation);
        if (!quote.IsOk)
            return quote.Refusal;
        if (quote.Value.TryGetProperty("trust", out JsonElement trust) && trust.GetString() == "own")
            return AtomicAmount.Zero;
        return AtomicAmount.TryParse(quote.Value.GetProperty("priceAtomic").GetString(), out AtomicAmount price) ? price
            : ErrorCatalog.BadPrice.Refuse("The agent has no price that could be paid");
    }

    private Task<Checked<JsonElement>> CallAsync(string agentId, string task, AtomicAmount? most, CancellationToken cancellation) =>
        operations.CallAsync(V1.V1Routes.Execute, writer =>
        {
            writer.WriteString("agentId", agentId);
            writer.WriteString("task", task);
            if (most is { } amount)
                writer.WriteString("max", amount.ToUsdc());
        }, cancellation);
}
