using Orleans;

namespace Betar.Orleans.Embedded.Tests;

public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    private static readonly AsyncLocal<string?> Left = new();
    private string? _found;

    public Task<string?> Leave(string text)
    {
        _found ??= Left.Value;
        Left.Value = text;
        return Find();
    }

    public Task<string?> Find() => Task.FromResult(_found ?? Left.Value);
}
