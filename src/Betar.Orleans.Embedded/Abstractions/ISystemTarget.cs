using Orleans.Runtime;

namespace Orleans;

/// <summary>A service of one silo that is called like a grain.</summary>
public interface ISystemTarget : IAddressable;
