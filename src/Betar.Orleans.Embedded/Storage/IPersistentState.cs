using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>One named state of a grain.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
