using Orleans.Runtime;

namespace Orleans;

public interface IGrainObserver : IAddressable;
