using Betar.Semantics.Tests.Serialization.Contracts;
using Orleans.Serialization;

namespace Betar.Semantics.Tests.Serialization;

public sealed class CopyGrain : SceneGrain, ICopyGrain
{
    public async Task<string> SpoilList(IEchoGrain echo)
    {
        List<int> list = [1, 2];
        await echo.Spoil(list);
        return string.Join(",", list);
    }

    public async Task<string> SpoilHolder(IEchoGrain echo)
    {
        var holder = new Holder { List = [1, 2] };
        await echo.SpoilHolder(holder);
        return string.Join(",", holder.List ?? []);
    }

    public async Task<string> SpoilResult(IEchoGrain echo)
    {
        (await echo.Kept()).Add(99);
        return string.Join(",", await echo.Kept());
    }

    public async Task<bool> ArrivesAsItself(IEchoGrain echo, string kind)
    {
        object value = kind switch
        {
            "frozen" => new Frozen { Text = "text" },
            "string" => new string('s', 3),
            "list" => new List<int> { 1 },
            "bytes" => new byte[] { 1 },
            _ => new Holder(),
        };
        Scene.Kept = value;
        return await echo.IsKept(value);
    }

    public async Task<string> Catch(IEchoGrain echo, string kind)
    {
        try
        {
            await echo.Throw(kind);
            return "nothing";
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    public async Task<string> SendUnmarked(IEchoGrain echo)
    {
        try
        {
            await echo.EchoObject(new Unmarked());
            return "nothing";
        }
        catch (CodecNotFoundException error)
        {
            return error.Message;
        }
    }
}
