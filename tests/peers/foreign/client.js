// A foreign OPC UA client: sends a file to our printer, starts a build, follows the layers, tells what it saw.
"use strict";
const crypto = require("crypto");
const { OPCUAClient, DataType, Variant, VariantArrayType, AttributeIds, TimestampsToReturn, ClientMonitoredItem, makeBrowsePath } = require("node-opcua");

const URIS = {
  machinery: "http://opcfoundation.org/UA/Machinery/",
  tool: "http://opcfoundation.org/UA/MachineTool/",
  jobs: "http://opcfoundation.org/UA/Machinery/Jobs/",
  isa95: "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/",
  am: "http://opcfoundation.org/UA/AdditiveManufacturing/",
  di: "http://opcfoundation.org/UA/DI/",
  own: "urn:strate:simulators:lpbf",
};

async function main() {
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 2 } });
  await client.connect(process.argv[2]);
  const session = await client.createSession();
  const present = await session.readNamespaceArray();
  const seen = {};
  const find = async (...steps) => {
    const path = steps.map((s) => s.split(":")).map(([a, n]) => `/${a === "0" ? 0 : present.indexOf(URIS[a])}:${n.replace(/[.&<>#!/]/g, "&$&")}`).join("");
    const found = await session.translateBrowsePath(makeBrowsePath("ObjectsFolder", path));
    if (!found.targets || !found.targets.length) throw new Error(`nothing at ${path}`);
    return found.targets[0].targetId;
  };
  const call = async (objectId, methodId, inputArguments) => {
    const answer = await session.call({ objectId, methodId, inputArguments });
    if (!answer.statusCode.isGood()) throw new Error(`${methodId} ${answer.statusCode}`);
    return answer.outputArguments.map((one) => one.value);
  };
  const v = (dataType, value) => ({ dataType, value });
  const machine = ["machinery:Machines", "own:M1"];
  const value = async (...steps) => (await session.read({ nodeId: await find(...machine, ...steps), attributeId: AttributeIds.Value })).value.value;

  seen.technology = await value("di:Identification", "am:AMTechnologyIdentifier");
  const shelf = await find(...machine, "0:FileSystem", "tool:WorkMasters");
  const content = crypto.randomBytes(100000);
  const [file, handle] = await call(shelf, await find(...machine, "0:FileSystem", "tool:WorkMasters", "0:CreateFile"), [v(DataType.String, "foreign.3mf"), v(DataType.Boolean, true)]);
  const inFile = (name) => find(...machine, "0:FileSystem", "tool:WorkMasters", "own:foreign.3mf", name);
  for (let at = 0; at < content.length; at += 30000)
    await call(file, await inFile("0:Write"), [v(DataType.UInt32, handle), v(DataType.ByteString, content.subarray(at, at + 30000))]);
  await call(file, await inFile("0:Close"), [v(DataType.UInt32, handle)]);
  const sha256 = crypto.createHash("sha256").update(content).digest("hex");
  seen.sameHash = (await value("0:FileSystem", "tool:WorkMasters", "own:foreign.3mf", "own:Sha256")) === sha256;
  const [reading] = await call(file, await inFile("0:Open"), [v(DataType.Byte, 1)]);
  const [back] = await call(file, await inFile("0:Read"), [v(DataType.UInt32, reading), v(DataType.Int32, 200000)]);
  await call(file, await inFile("0:Close"), [v(DataType.UInt32, reading)]);
  seen.sameBytes = Buffer.compare(back, content) === 0;

  const control = ["machinery:MachineryBuildingBlocks", "jobs:JobManagement", "jobs:JobOrderControl"];
  seen.layers = [];
  const subscription = await session.createSubscription2({ requestedPublishingInterval: 100, requestedMaxKeepAliveCount: 10, requestedLifetimeCount: 600, publishingEnabled: true, maxNotificationsPerPublish: 1000 });
  // Listened to before it is asked for: its first value may come in one piece with the answer.
  const item = ClientMonitoredItem.create(subscription, { nodeId: await find(...machine, "tool:Monitoring", "am:Process", "am:CurrentLayer"), attributeId: AttributeIds.Value }, { samplingInterval: 0, queueSize: 100, discardOldest: true }, TimestampsToReturn.Both);
  item.on("changed", (given) => seen.layers.push(given.value.value));
  await new Promise((watched, no) => item.once("initialized", watched).once("err", (why) => no(new Error(why))));
  seen.answer = await call(await find(...machine, ...control), await find(...machine, ...control, "isa95:StoreAndStart"), [
    v(DataType.String, "FOREIGN-1"), v(DataType.String, "foreign.3mf"), v(DataType.String, sha256), v(DataType.UInt32, 6),
    { dataType: DataType.String, arrayType: VariantArrayType.Array, value: ["preheat_celsius"] },
    { dataType: DataType.Double, arrayType: VariantArrayType.Array, value: [40] },
  ]);
  for (let n = 0; n < 2400 && seen.layers.at(-1) !== 6; n += 1) await new Promise((go) => setTimeout(go, 100));
  // The machine cools down, or has: either way it no longer builds.
  seen.again = await call(await find(...machine, ...control), await find(...machine, ...control, "isa95:Pause"), [v(DataType.String, "FOREIGN-1")]);
  seen.answer[0] = Number(seen.answer[0][1] ?? seen.answer[0]);
  await client.disconnect();
  console.log(JSON.stringify(seen));
}

main().then(() => process.exit(0), (no) => {
  console.error(no);
  process.exit(1);
});
