using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain names a storage that the silo does not have.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    public BadProviderConfigException()
    {
    }

    public BadProviderConfigException(string msg) : base(msg)
    {
    }

    public BadProviderConfigException(string msg, Exception exc) : base(msg, exc)
    {
    }
}
