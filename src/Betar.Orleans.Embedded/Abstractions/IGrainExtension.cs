namespace Orleans.Runtime;

/// <summary>A second face of an activation, reached through a reference to its grain.</summary>
public interface IGrainExtension : IAddressable;
