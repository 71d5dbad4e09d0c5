using Betar.Storage.Tests.Durability;
using Betar.Storage.Tests.Sqlite;

namespace Betar.Storage.Tests.Support;

/// <summary>The test program run as a process of its own: the first word says what it is to do.</summary>
internal static class Child
{
    public static string Assembly => typeof(Child).Assembly.Location;

    public static Task<int> Main(string[] args) => args[0] switch
    {
        Crasher.Verb => Crasher.RunAsync(args[1..]),
        LibraryProbe.Verb => LibraryProbe.RunAsync(args[1..]),
        _ => throw new ArgumentException($"Not a verb of the test program: {args[0]}."),
    };
}
