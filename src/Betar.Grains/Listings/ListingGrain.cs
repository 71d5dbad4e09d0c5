using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Listings;
using Betar.Grains.Fleet;
using Betar.Storage.Agents;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Listings;

/// <summary>Has no state of its own: what is declared stands in the agent table, and what is published with the marketplace.</summary>
internal sealed partial class ListingGrain(IAgentTable table, IListingDesk desk, ILogger<ListingGrain> log) : Grain, IListingGrain
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    private IGrainTimer? _retry;

    private string AgentId => this.GetPrimaryKeyString();

    public async Task<ListingStatus> Publish()
    {
        if (!desk.IsOpen)
            return Unlisted("This node takes no part in the marketplace.");
        if (await table.FindAsync(AgentId, CancellationToken.None) is not { } row)
        {
            await desk.DelistAsync(AgentId);
            return Unlisted("The agent is not declared.");
        }

        AgentSpec spec = AgentRow.Decode(row);
        if (await desk.PublishAsync(spec) is not { } result)
            return Unlisted("This node takes no part in the marketplace.");
        if (result.Fault is not { } fault)
            return new ListingStatus { AgentId = AgentId, IsListed = true, Version = result.Version };
        LogRefused(log, AgentId, fault);
        return Unlisted(fault);
    }

    public async Task Refresh()
    {
        try
        {
            await Publish();
            _retry?.Dispose();
            _retry = null;
        }
        catch (Exception fault)
        {
            // Nobody waits for the answer, so it ends here; the disk or the set may be well again later.
            LogFailed(log, fault, AgentId);
            _retry ??= this.RegisterGrainTimer(_ => Refresh(), new GrainTimerCreationOptions(s_again, s_again) { KeepAlive = true });
        }
    }

    public async Task<ListingStatus> Renew()
    {
        await desk.RenewAsync(AgentId);
        return await GetStatus();
    }

    public Task<bool> Delist() => desk.DelistAsync(AgentId);

    public async ValueTask<ListingStatus> GetStatus() => await desk.ReceiptAsync(AgentId) is { IsWithdrawn: false } receipt
        ? new ListingStatus { AgentId = AgentId, IsListed = true, Version = receipt.Version }
        : Unlisted(desk.IsOpen ? "It is not listed." : "This node takes no part in the marketplace.");

    public async ValueTask<ListingReceipt?> GetReceipt() => await desk.ReceiptAsync(AgentId) is { } receipt
        ? new ListingReceipt
        {
            AgentId = AgentId,
            Version = receipt.Version,
            IsDelisted = receipt.IsWithdrawn,
            IssuedAt = receipt.IssuedAt,
            Record = receipt.Record.ToString(),
            Holders = [.. receipt.Holders.Select(holder => new ListingHolder { Peer = holder.Peer.ToString(), Since = holder.Since })],
        }
        : null;

    private ListingStatus Unlisted(string reason) => new() { AgentId = AgentId, Reason = reason };
}
