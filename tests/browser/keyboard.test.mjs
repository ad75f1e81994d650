// Without a pointer and without a screen: the keyboard reaches everything in order, and the page reads as it looks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { start } from './service.mjs';

let browser;
let service;
before(async () => {
  service = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function visit(options, body) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  try {
    const page = await context.newPage();
    await page.goto(`${service.url}/s/kab-kampar`);
    await body(page, context);
  } finally {
    await context.close();
  }
}

/** What has the focus: a name for it, whether the focus can be seen, and whether something lies over it. */
const focus = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const shown = element.type === 'radio' ? element.closest('.option') : element;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const onTop = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    name: element.name || element.id || element.className || element.textContent.trim(),
    label: element.textContent.trim(),
    isSeen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0,
    isInView: box.top >= 0 && box.left >= 0 && box.top < innerHeight,
    isFree: shown.contains(onTop) || (onTop !== null && onTop.contains(shown)),
  };
});

/** Goes on by one stop, which has to look like one, and returns its name. */
async function tab(page, key = 'Tab') {
  await page.keyboard.press(key);
  const now = await focus(page);
  const where = `${now.name} ${now.label}`;
  assert.ok(now.isSeen, `the focus is not to be seen on ${where}`);
  assert.ok(now.isInView && now.isFree, `something lies over ${where}`);
  return now.name;
}

test('from the first stop to the thanks with the keyboard', () => visit({}, async (page) => {
  const id = await page.inputValue('input[name="id"]');
  assert.equal(await tab(page), 'skip');
  assert.equal(await tab(page), 'bahasa');
  assert.equal(await tab(page), 'Siapa, untuk apa, berapa lama');
  await page.keyboard.press('Enter');
  assert.ok(await page.getByText('Setelah mengirim, Anda menerima').isVisible(), 'the notice opens');
  assert.equal(await tab(page), 'find');
  await page.keyboard.type('nomor 264');
  await page.keyboard.press('Enter');
  assert.equal((await focus(page)).name, 'service');
  const elements = await page.locator('fieldset').evaluateAll((all) => all.map((one) => one.querySelector('input').name));
  for (const [index, element] of elements.entries()) {
    const stop = await tab(page);
    // Where there is a voice, the question can be heard before it is answered.
    const radio = stop === 'plain-button' ? await tab(page) : stop;
    assert.equal(radio, element);
    await page.keyboard.press('Space');
    for (let down = 0; down < index % 4; down += 1) assert.equal(await tab(page, 'ArrowDown'), element);
    assert.ok(await page.isChecked(`input[name="${element}"][value="${(index % 4) + 1}"]`), element);
  }
  assert.match(await tab(page), /^Tentang Anda/);
  await page.keyboard.press('Enter');
  for (const field of ['sex', 'age_band', 'education', 'occupation', 'disability']) assert.equal(await tab(page), field);
  assert.equal(await tab(page), 'comment');
  await page.keyboard.type('Dengan papan ketik');
  assert.equal(await tab(page), 'Kirim jawaban');
  await page.keyboard.press('Enter');
  await page.waitForURL(/terima-kasih/);
  const row = service.responses().find((row) => row.id === id);
  assert.deepEqual(elements.map((element) => row[element]), ['1', '2', '3', '4', '1', '2', '3', '4', '1']);
  assert.deepEqual([row.service, row.comment], ['S264', 'Dengan papan ketik']);
}));

test('backwards it is the same way, and the first link leaps over the head', () => visit({}, async (page) => {
  const there = [];
  for (let stop = await tab(page); stop !== 'Kirim jawaban'; stop = await tab(page)) there.push(stop);
  const back = [];
  for (let stop = await tab(page, 'Shift+Tab'); stop !== 'skip'; stop = await tab(page, 'Shift+Tab')) back.push(stop);
  assert.deepEqual([...back.reverse()], there.slice(1));
  await page.keyboard.press('Enter');
  assert.equal(await tab(page), 'Siapa, untuk apa, berapa lama');
}));

/** The page as it is read aloud: role and name of everything that says something, in order. */
async function read(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder = (node) => {
    const below = (node.childIds ?? []).flatMap((id) => (byId.has(id) ? inOrder(byId.get(id)) : []));
    if (node.ignored) return below;
    const { role, name, description } = node;
    return [{ role: role.value, name: name?.value ?? '', description: description?.value ?? '', below }, ...below];
  };
  return inOrder(nodes[0]);
}

/** The questions among what is read. */
const questions = (all) => all.filter((node) => ['group', 'radiogroup'].includes(node.role) && node.name.startsWith('Pertanyaan'));

const placeOf = (all, role, name) => {
  const place = all.findIndex((node) => node.role === role && (name instanceof RegExp ? name.test(node.name) : node.name === name));
  assert.ok(place >= 0, `there is no ${role} "${name}"`);
  return place;
};

for (const javaScriptEnabled of [true, false]) {
  test(`reads as it looks, ${javaScriptEnabled ? 'with' : 'without'} script`, () => visit({ javaScriptEnabled }, async (page) => {
    await page.check('input[name="persyaratan"][value="4"]');
    const all = await read(page);
    const groups = questions(all);
    assert.equal(groups.length, 9);
    for (const [index, group] of groups.entries()) {
      assert.match(group.name, new RegExp(`^Pertanyaan ${index + 1} dari 9\\s*Bagaimana .{10,}`));
      assert.ok(group.description.length > 10, `${group.name}: what it means in plain words`);
      const options = group.below.filter((node) => node.role === 'radio').map((node) => node.name);
      assert.equal(new Set(options).size, 4, `${group.name}: ${options}`);
      assert.ok(options.every((option) => option.length > 3), options.join());
    }
    const order = [
      placeOf(all, 'heading', 'Bagaimana layanan kami?'),
      placeOf(all, 'heading', 'Jawaban Anda tanpa nama'),
      placeOf(all, 'combobox', 'Layanan apa yang Anda terima?'),
      ...groups.map((group) => all.indexOf(group)),
      placeOf(all, 'textbox', 'Saran atau keluhan'),
      placeOf(all, 'StaticText', /dari 9 terjawab/),
      placeOf(all, 'button', 'Kirim jawaban'),
    ];
    assert.deepEqual(order, [...order].sort((one, other) => one - other), order.join());
    const before = all[placeOf(all, 'StaticText', /dari 9 terjawab/) - 1];
    assert.equal(before.name.trim(), '1', 'how many are answered is said, not only drawn');
  }));
}

test('what is missing is said where it is missing', () => visit({}, async (page) => {
  await page.check('input[name="persyaratan"][value="4"]');
  await page.locator('.send button').focus();
  await page.keyboard.press('Enter');
  assert.equal((await focus(page)).name, 'prosedur', 'the first question without an answer');
  const told = questions(await read(page)).map((group) => group.description.includes('Pilih satu jawaban.'));
  assert.deepEqual(told, [false, ...Array(8).fill(true)]);
}));

test('what the server finds missing is the first thing that is heard', () => visit({ javaScriptEnabled: false }, async (page) => {
  await page.locator('#survey').evaluate((form) => form.submit());
  await page.locator('[role="alert"]').waitFor();
  const all = await read(page);
  const alert = all[placeOf(all, 'alert', /.*/)];
  assert.equal(alert.below.filter((node) => node.role === 'link').length, 9);
  assert.ok(all.indexOf(alert) < placeOf(all, 'heading', 'Bagaimana layanan kami?'));
  assert.equal(await page.locator('[role="alert"]').evaluate((element) => element === document.activeElement), true);
  assert.match(await page.title(), /^Periksa: /);
  await tab(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(/#persyaratan$/);
  assert.equal((await focus(page)).name, 'persyaratan', 'its first link leads to the first question');
}));
