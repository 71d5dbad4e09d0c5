using System.ComponentModel;
using System.Diagnostics;

namespace Betar.Storage.Tests.Durability;

/// <summary>The shared library from Shim/syncshim.c, built once per test run into the output folder.</summary>
internal static class SyncShim
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>For LD_PRELOAD.</summary>
    public static string Path => Built.Value;

    private static string Build()
    {
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "syncshim.c");
        var target = System.IO.Path.Combine(AppContext.BaseDirectory, $"syncshim-{Environment.ProcessId}.so");
        var start = new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", target, source, "-ldl", "-lpthread"])
        {
            RedirectStandardError = true,
        };
        try
        {
            using var gcc = Process.Start(start)!;
            var errors = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            Assert.True(gcc.ExitCode == 0, $"gcc could not build the sync shim (the Debian packages gcc and libc6-dev are needed): {errors}");
            return target;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("The durability tests need the Debian packages gcc and libc6-dev.", missing);
        }
    }
}
