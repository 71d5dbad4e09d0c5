namespace Orleans.Runtime;

/// <summary>Where a new activation goes.</summary>
public abstract class PlacementStrategy;
