namespace Betar.Marketplace.Exchange;

/// <summary>What is kept of one listing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Record">The newest signed record, as its block is; empty: none.</param>
/// <param name="Checked">The SHA-256 of the record whose signature was found to hold; empty: nobody looked.</param>
/// <param name="LastSuccess">When its seller last served this node.</param>
/// <param name="Successes">How often it did.</param>
/// <param name="Failures">How often it did not.</param>
/// <param name="Latency">How long it takes; null: not measured.</param>
public sealed record ListingRow(
    string Id, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Checked, DateTimeOffset? LastSuccess, long Successes, long Failures, TimeSpan? Latency);
