namespace Betar.Storage.Leases;

/// <summary>A lease as it is kept.</summary>
/// <param name="Holder">Of the last term.</param>
/// <param name="Epoch">Of the last term.</param>
/// <param name="Expires">Its end by the store's clock, in ticks.</param>
internal readonly record struct LeaseRow(string Holder, long Epoch, long Expires);
