namespace Orleans.Runtime;

/// <summary>A grain was called through an extension that it does not have.</summary>
[GenerateSerializer]
public sealed class GrainExtensionNotInstalledException : OrleansException
{
    public GrainExtensionNotInstalledException() : base("The grain extension is not installed.")
    {
    }

    public GrainExtensionNotInstalledException(string msg) : base(msg)
    {
    }

    public GrainExtensionNotInstalledException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
