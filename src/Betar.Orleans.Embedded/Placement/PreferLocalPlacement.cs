namespace Orleans.Runtime;

/// <summary>The caller's silo when it is one, otherwise any.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;
