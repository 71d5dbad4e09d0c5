namespace Betar.Ethereum.Devnet;

/// <summary>The devnet chain cannot be opened; the file was left as it is.</summary>
public sealed class DevnetOpenException : Exception
{
    public DevnetOpenException() { }

    public DevnetOpenException(string message) : base(message) { }

    public DevnetOpenException(string message, Exception innerException) : base(message, innerException) { }

    public DevnetOpenException(DevnetOpenFault fault, string message, Exception? innerException = null) : base(message, innerException) =>
        Fault = fault;

    public DevnetOpenFault Fault { get; }
}
