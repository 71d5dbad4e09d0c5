namespace Betar.Marketplace.Exchange;

/// <summary>Somebody has this version of a listing's record.</summary>
internal readonly record struct HeldVersion(string Id, ulong Version);
