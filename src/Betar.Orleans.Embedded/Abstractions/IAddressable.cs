namespace Orleans.Runtime;

/// <summary>Anything that a message can be sent to.</summary>
public interface IAddressable;
