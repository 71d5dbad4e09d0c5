namespace Betar.Grains.Selling;

/// <summary>Who sells: bound into every challenge, so that fleets that share a key ring stay apart.</summary>
public sealed record SellerIdentity(string PeerId);
